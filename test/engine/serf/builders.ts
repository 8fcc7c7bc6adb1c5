/** Builders of Serf's room: members, inputs, and what comes out in words. */

import { bytes, incarnation, lamportTime, memberId, type Bytes, type Change, type Member, type Priority } from "../../../engine/index.ts";
import {
  decodeSerf, encodeSerf, encodeUserState, serfDefaults, serfMembers, serfStep, startSerf,
  type Intent, type SerfConfig, type SerfInput, type SerfOutput, type SerfState, type SerfStep, type UserState,
} from "../../../engine/serf/index.ts";
import { aRecord, at, ms } from "../../builders.ts";

/** Serf's layer of a member born at the origin, to whom these things happened since. */
export const aSerf = (name: string, ...inputs: readonly SerfInput[]): SerfState => stateAfter(aSerfOf({}, name), ...inputs);
export const aSerfOf = (changes: Partial<SerfConfig>, name: string): SerfState =>
  startSerf({ self: aRecord(name), now: ms(0), config: { ...serfDefaults, ...changes } });

export const announced = (now: number, change: Change): SerfInput => ({ kind: "announced", now: ms(now), change });
/** The engine says that it is there, is gone by whatever end, has other meta, or is forgotten. */
export const came = (name: string, now = 0): SerfInput => announced(now, { kind: "joined", member: aRecord(name) });
export const died = (name: string, now = 0): SerfInput => announced(now, { kind: "failed", member: record(name, "dead"), by: memberId("z"), cause: { kind: "unrefuted" }, grounds: null });
export const departed = (name: string, now = 0): SerfInput => announced(now, { kind: "left", member: record(name, "left") });
export const forgotten = (name: string, now = 0): SerfInput => announced(now, { kind: "forgotten", member: record(name, "dead") });

const record = (name: string, status: Member["status"]): Member => ({ ...aRecord(name), status, incarnation: incarnation(1) });

/** `anIntent("leave b@4")`; `anIntent("prune b@4")` is to be forgotten at once. */
export function anIntent(text: string): Intent {
  const [word, name = "", time] = text.split(/[ @]/);
  const said = { about: memberId(name), ltime: lamportTime(Number(time)) };
  if (word === "join") return { kind: "join", ...said };
  if (word === "leave" || word === "prune") return { kind: "leave", ...said, prune: word === "prune" };
  throw new RangeError(`no intent: ${text}`);
}

/** Bytes from hex, with blanks for the eye. */
export const fromHex = (hex: string): Bytes => bytes(Buffer.from(hex.replaceAll(/\s/g, ""), "hex").toString("latin1"));

/** A user message comes in. */
export const hears = (payload: Bytes, now = 0): SerfInput => announced(now, { kind: "message", payload, from: at("y") });
export const hearsIntent = (text: string, now = 0): SerfInput => hears(encodeSerf(anIntent(text)), now);
export const anEvent = (ltime: number, name: string, payload = ""): Bytes =>
  encodeSerf({ kind: "user-event", ltime: lamportTime(ltime), name, payload: bytes(payload), coalesce: false });
export const hearsEvent = (ltime: number, name: string, payload = ""): SerfInput => hears(anEvent(ltime, name, payload));

export type Knowledge = {
  readonly clocks?: readonly [intents: number, events: number, queries: number];
  readonly intents?: Readonly<Record<string, number>>;
  readonly left?: readonly string[];
  readonly events?: readonly (readonly [ltime: number, ...said: string[]])[];
};

/** What another member adds to an exchange of views. */
export function aUserState({ clocks = [1, 1, 1], intents = {}, left = [], events = [] }: Knowledge): UserState {
  const [first, second, third] = clocks;
  return {
    clocks: { intents: lamportTime(first), events: lamportTime(second), queries: lamportTime(third) },
    intents: Object.entries(intents).map(([name, ltime]) => [memberId(name), lamportTime(ltime)]),
    left: left.map(memberId),
    events: events.map(([ltime, ...said]) => ({ ltime: lamportTime(ltime), said: said.map((name) => ({ name, payload: bytes("") })) })),
  };
}
export const meets = (knowledge: Knowledge, now = 0): SerfInput => meetsBytes(encodeUserState(aUserState(knowledge), 512), now);
export const meetsBytes = (userState: Bytes, now = 0): SerfInput => announced(now, { kind: "state", userState, from: at("y"), join: false });

/** What becomes of it when these happen in turn, and what it wants done in the end. */
export function after(state: SerfState, ...inputs: readonly SerfInput[]): SerfStep {
  let last: SerfStep = [state, []];
  for (const input of inputs) last = serfStep(last[0], input);
  return last;
}
export const stateAfter = (state: SerfState, ...inputs: readonly SerfInput[]): SerfState => after(state, ...inputs)[0];
/** What it wants done upon the last of these, in words, but for what it attaches. */
export const outputsAfter = (state: SerfState, ...inputs: readonly SerfInput[]): readonly string[] => texts(after(state, ...inputs)[1]);

export const texts = (outputs: readonly SerfOutput[]): readonly string[] => outputs.flatMap((output) => textOf(output) ?? []);

function textOf(output: SerfOutput): string | undefined {
  if (output.kind === "attach" || output.kind === "attach-to-acks") return undefined;
  if (output.kind === "leave") return "leave";
  if (output.kind === "send") return `send ${output.to} ${Buffer.from(output.payload, "latin1").toString("hex")}`;
  if (output.kind === "broadcast") return `say ${saidIn(output.payload)}, ${output.priority satisfies Priority}`;
  const { news } = output;
  switch (news.kind) {
    case "status": return `${news.member.id} ${news.was} -> ${news.is}`;
    case "updated": return `${news.member.id} updated`;
    case "told": return `told ${news.event.name}${news.event.payload}@${news.event.ltime}`;
    case "asked": return `asked ${news.query.name}@${news.query.ltime}`;
    case "answered": return `${news.answer.from} ${news.answer.isAck ? "has heard" : `answers ${news.answer.payload}`}`;
    case "not-told": return `not told ${news.name}: ${news.why}`;
  }
}

function saidIn(payload: Bytes): string {
  const read = decodeSerf(payload);
  if (!read.ok) return read.why;
  const { message } = read;
  if (message.kind === "join" || message.kind === "leave") return `${message.kind} ${message.about}@${message.ltime}`;
  if (message.kind === "answer") return `answer of ${message.from}@${message.ltime}`;
  return `${message.name}${message.payload}@${message.ltime}`;
}

/** What is held of a member: `"leaving@4"`, or undefined. */
export function heldOf(state: SerfState, name: string): string | undefined {
  const held = serfMembers(state).find(({ member }) => member.id === name);
  return held === undefined ? undefined : `${held.status}@${held.ltime}`;
}
