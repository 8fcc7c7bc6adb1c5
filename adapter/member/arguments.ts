/** Checks the arguments of methods as strictly as the options, because JavaScript checks no types. Everything here throws a `MemberError`, `bad-option`. */

import { isUint8Array } from "node:util/types";
import { charactersOf, memberId, type Bytes, type MemberId } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { Asking, MemberEvents, SwimMember, Waiting } from "./member.ts";

const eventKinds = {
  join: 1, update: 1, suspect: 1, failed: 1, leave: 1, refute: 1, message: 1, event: 1, query: 1, keys: 1, conflict: 1, clear: 1, forget: 1, error: 1,
} as const satisfies Record<keyof MemberEvents, 1>;

export function checkKind(kind: unknown): void {
  if (typeof kind !== "string" || !Object.hasOwn(eventKinds, kind)) throw bad(`there is no event ${shown(kind)}: choose one of ${Object.keys(eventKinds).join(", ")}`);
}

export function checkListener(hear: unknown): void {
  if (typeof hear !== "function") throw bad("a listener is a function");
}

export function checkSignal(signal: unknown): void {
  if (signal !== undefined && signal !== null && !(signal instanceof AbortSignal)) throw bad("signal must be an AbortSignal");
}

const waitingNames = ["deadline", "signal"];

/** For `join`, `leave` and `ping`; `more` are additional options of one of them. */
export function checkWaiting(call: string, waiting: Waiting, more: readonly string[] = []): void {
  checkNames(call, waiting, [...waitingNames, ...more]);
  const { deadline, signal } = waiting;
  if (deadline !== undefined && deadline !== null && !(typeof deadline === "number" && deadline >= 0)) throw bad(`a deadline is a number of milliseconds, 0 or more, not ${shown(deadline)}`);
  checkSignal(signal);
}

type Sending = NonNullable<Parameters<SwimMember["send"]>[2]>;
type Broadcasting = NonNullable<Parameters<SwimMember["broadcast"]>[1]>;
type Telling = NonNullable<Parameters<SwimMember["event"]>[2]>;

export function checkSending(options: Sending): void {
  checkNames("send", options, ["reliable"]);
  checkYesNo("reliable", options.reliable);
}

const priorities: ReadonlySet<unknown> = new Set(["urgent", "normal", "bulk", undefined]);

export function checkBroadcasting(options: Broadcasting): void {
  checkNames("broadcast", options, ["key", "priority"]);
  const { key, priority } = options;
  if (key !== undefined && typeof key !== "string") throw bad(`key must be a text, not ${shown(key)}`);
  if (!priorities.has(priority)) throw bad(`priority is ${shown(priority)}: it may be "urgent", "normal" or "bulk"`);
}

export function checkTelling(name: unknown, options: Telling): void {
  if (typeof name !== "string") throw bad(`the name of a user event is a text, not ${shown(name)}`);
  checkNames("event", options, ["coalesce"]);
  checkYesNo("coalesce", options.coalesce);
}

export function checkAsking(name: unknown, asking: Asking): void {
  if (typeof name !== "string") throw bad(`the name of a query is a text, not ${shown(name)}`);
  checkWaiting("query", asking, ["names", "tags", "enough"]);
  const { names, tags } = asking;
  if (names !== undefined && !(Array.isArray(names) && names.every((one) => typeof one === "string"))) throw bad("names must be a list of texts");
  const areTexts = typeof tags === "object" && tags !== null && !Array.isArray(tags) && Object.values(tags).every((one) => typeof one === "string");
  if (tags !== undefined && !areTexts) throw bad("tags must be an object: regular expressions, as texts, by key");
}

function checkNames(call: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) throw bad(`the options of ${call} are an object, not ${shown(options)}`);
  for (const name of Object.keys(options)) if (!known.includes(name)) throw bad(`${call} has no option ${JSON.stringify(name)}: it has ${known.join(", ")}`);
}

function checkYesNo(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== "boolean") throw bad(`${name} must be true or false, not ${shown(value)}`);
}

export function nameIn(name: unknown): MemberId {
  if (typeof name !== "string") throw bad(`the name of a member is a text, not ${shown(name)}`);
  return memberId(name);
}

/** An application's payload as the engine holds it. Bytes are copied, so later changes to them have no effect. */
export function payloadOf(payload: unknown): Bytes {
  if (typeof payload === "string") return charactersOf(Buffer.from(payload));
  if (!isUint8Array(payload)) throw bad(`a payload is a text or a Uint8Array, not ${shown(payload)}: of other values send JSON.stringify(value)`);
  return charactersOf(payload);
}

export function metaIn(meta: unknown): Bytes {
  if (!isUint8Array(meta)) throw bad(`meta must be a Uint8Array, not ${shown(meta)}`);
  return charactersOf(meta);
}

/** A value for an error message: its text if it is short, otherwise its kind. */
function shown(value: unknown): string {
  if (typeof value === "string") return value.length <= 40 ? JSON.stringify(value) : "a long text";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  return typeof value === "function" ? "a function" : String(value);
}

const bad = (why: string): MemberError => new MemberError("bad-option", why);
