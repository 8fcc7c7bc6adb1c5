/** What real Serf agents said on a real wire is understood, and said again byte for byte. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { address, bytes, type Bytes } from "../../../engine/index.ts";
import { decodeSerf, decodeUserState, encodeSerf, encodeUserState, tagsOf, type SerfMessage, type UserState } from "../../../engine/serf/index.ts";
import { fromHex } from "./builders.ts";

type Raw = { readonly hex: string };
type Said = Readonly<Record<string, unknown>>;
type Capture = { readonly as: "message" | "state"; readonly type: string; readonly hex: string; readonly says: Said };

const [, ...lines] = readFileSync(new URL("captures.jsonl", import.meta.url), "utf8").trim().split("\n");
const captures: readonly Capture[] = lines.map((line) => JSON.parse(line));
const named = (capture: Capture, nth: number): readonly [string, Capture] => [`${capture.type} ${nth}`, capture];
const ofType = (...types: readonly string[]): readonly (readonly [string, Capture])[] => captures.filter(({ type }) => types.includes(type)).map(named);

const characters = (raw: Raw | null): Bytes => (raw === null ? bytes("") : fromHex(raw.hex));
const hexOf = (payload: Bytes): string => Buffer.from(payload, "latin1").toString("hex");
const names = (raws: readonly Raw[]): readonly string[] => raws.map(({ hex }) => Buffer.from(hex, "hex").toString());

/** One of our messages in Serf's words. */
function inTheirWords(message: SerfMessage): Said {
  switch (message.kind) {
    case "join": return { LTime: message.ltime, Node: message.about };
    case "leave": return { LTime: message.ltime, Node: message.about, Prune: message.prune };
    case "user-event": return { CC: message.coalesce, LTime: message.ltime, Name: message.name, Payload: message.payload };
    case "query": return {
      source: message.sourceAddress, Filters: message.filters.length === 0 ? null : message.filters, Flags: (message.wantsAck ? 1 : 0) + (message.tellOn ? 0 : 2),
      ID: message.id, LTime: message.ltime, Name: message.name, Payload: message.payload, RelayFactor: message.relays, SourceNode: message.source,
      Timeout: message.answerWithin * 1_000,
    };
    case "answer": return { Flags: message.isAck ? 1 : 0, From: message.from, ID: message.id, LTime: message.ltime, Payload: message.payload };
  }
}

/** The reference decoder's reading, with hosts and ports put together, and bytes as characters. */
function joined({ Addr, Port, ...said }: Said): Said {
  const payload = "Payload" in said ? { Payload: characters(said.Payload as Raw | null) } : {};
  return Addr === undefined ? { ...said, ...payload } : { ...said, ...payload, source: address(`127.0.0.1:${Number(Port)}`) };
}

function stateInTheirWords({ clocks, intents, left, events }: UserState): Said {
  const ring = events.map(({ ltime, said }) => ({ LTime: ltime, Events: said.map(({ name, payload }) => ({ Name: { hex: hexOf(bytes(name)) }, Payload: { hex: hexOf(payload) } })) }));
  return {
    LTime: clocks.intents, EventLTime: clocks.events, QueryLTime: clocks.queries, StatusLTimes: Object.fromEntries(intents), LeftMembers: left, Events: ring,
  };
}

describe("user messages", () => {
  test.for(ofType("join", "leave", "userEvent", "query", "queryResponse"))("%s says the same to us as to the reference decoder", ([, { hex, says }]) => {
    const read = decodeSerf(fromHex(hex));
    if (!read.ok) throw new Error(read.why);
    expect(inTheirWords(read.message)).toEqual(joined(says));
  });

  test("but for answers, which `answerOf` makes, come out of us as they came in", () => {
    const whole = ofType("join", "leave", "userEvent", "query");
    for (const [, { hex }] of whole) {
      const read = decodeSerf(fromHex(hex));
      if (!read.ok || read.message.kind === "answer") throw new Error(hex);
      expect(hexOf(encodeSerf(read.message))).toBe(hex);
    }
    expect(whole.length).toBe(17);
  });

  test("that pass an answer on are refused by name", () => {
    const whys = ofType("relay").map(([, { type, hex }]) => {
      const read = decodeSerf(fromHex(hex));
      return [type, read.ok ? "understood" : read.why];
    });
    expect(Object.fromEntries(whys)).toEqual({ relay: "an answer to be passed on, which we don't do" });
  });
});

describe("what agents add to exchanges of views", () => {
  test.for(ofType("pushPull"))("%s says the same to us as to the reference decoder", ([, { hex, says }]) => {
    const read = decodeUserState(fromHex(hex));
    if (!read.ok) throw new Error(read.why);
    expect(stateInTheirWords(read.state)).toEqual({ ...says, LeftMembers: names(says.LeftMembers as readonly Raw[]) });
  });

  test("comes out of us as it came in, but for the order of members, which is random in Go", () => {
    const whole = ofType("pushPull");
    for (const [, { hex }] of whole) {
      const read = decodeUserState(fromHex(hex));
      if (!read.ok) throw new Error(read.why);
      expect(hexOf(encodeUserState(read.state, 512))).toBe(hex);
    }
    expect(whole.length).toBe(12);
  });
});

describe("tags", () => {
  test.for([
    ["ff82a26463a465617374a4726f6c65a3776562", [["dc", "east"], ["role", "web"]]],
    ["ff81a4726f6c65a26462", [["role", "db"]]],
    ["ff80", []],
  ] as const)("%s, a meta that an agent published, is read", ([hex, tags]) => {
    expect(tagsOf(fromHex(hex))).toEqual(tags);
  });
});
