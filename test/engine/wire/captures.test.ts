/** What real agents said on a real wire is understood, and said again byte for byte. */

import { describe, expect, test } from "vitest";
import type { Datagram } from "../../../engine/messages/message.ts";
import { membersOf } from "../../../engine/view/index.ts";
import {
  addLabel, decode, decodeStream, encode, formatAddress, sizeOfMessage, stripLabel, wrap, wrapStream,
} from "../../../engine/wire/index.ts";
import { readCompressed } from "../../../engine/wire/compress.ts";
import { readerOf } from "../../../engine/wire/reader.ts";
import type { Claim, Member } from "../../../engine/words/member.ts";
import { bytes, type Bytes } from "../../../engine/words/units.ts";
import { SOMEWHERE } from "./arbitrary.ts";
import { captures, hexOf, raw, type Capture, type Said } from "./captures.ts";

const named = (capture: Capture): readonly [string, Capture] => [`${capture.types} by ${capture.by}`, capture];
const readable = (over: Capture["over"]): readonly Capture[] => captures.filter((capture) => capture.over === over && capture.says !== undefined);
const datagrams = readable("datagram");
const streams = readable("stream");
const isWrapped = (capture: Capture, type: string): boolean => capture.types.split("+").includes(type);

/** Without its label, as a driver hands it over. */
function unlabelled({ hex, label = "" }: Capture): Uint8Array {
  const stripped = stripLabel(raw(hex));
  if (!stripped.ok) throw new Error(stripped.why);
  expect(stripped.label).toBe(label);
  return stripped.rest;
}

const where = (host: unknown, port: unknown): string => formatAddress(raw(String(host)), Number(port));
const asHex = (characters: Bytes): string => hexOf(Buffer.from(characters, "latin1"));

/** One of our messages or claims in memberlist's words. */
function inTheirWords(said: Claim | Exclude<Datagram, { kind: "gossip" }>): Said {
  switch (said.kind) {
    case "ping":
      return { type: "ping", Node: said.target, SeqNo: said.seq, source: said.sourceAddress, SourceNode: said.source };
    case "ping-req":
      return {
        type: "indirectPing", Nack: said.wantsNack, Node: said.target, SeqNo: said.seq, target: said.targetAddress,
        source: said.sourceAddress, SourceNode: said.source,
      };
    case "ack":
      return { type: "ack", SeqNo: said.seq, Payload: said.payload === "" ? null : asHex(said.payload) };
    case "nack":
      return { type: "nack", SeqNo: said.seq };
    case "suspect":
    case "dead":
      return { type: said.kind, Node: said.about, From: said.from, Incarnation: said.incarnation };
    case "left":
      return { type: "dead", Node: said.about, From: said.about, Incarnation: said.incarnation };
    case "alive":
      return { type: "alive", Node: said.member.id, ...recordInTheirWords(said.member) };
    default:
      throw new Error(`nothing of its own: ${JSON.stringify(said satisfies never)}`);
  }
}

const recordInTheirWords = (member: Member): Said => ({
  Incarnation: member.incarnation, address: member.address, Meta: asHex(member.meta), Vsn: hexOf(Uint8Array.from(member.versions)),
});

/** The reference decoder's reading, with hosts and ports put together. */
function joined({ SourceAddr, SourcePort, Target, Addr, Port, ...said }: Said): Said {
  const source = SourceAddr === undefined ? {} : { source: where(SourceAddr, SourcePort) };
  const target = Target === undefined ? {} : { target: where(Target, Port) };
  const member = Addr === undefined ? {} : { address: where(Addr, Port) };
  return { ...said, ...source, ...target, ...member };
}

describe("datagrams", () => {
  test("are all there", () => {
    expect([datagrams.length, streams.length, captures.length]).toEqual([344, 37, 384]);
  });

  test.for(datagrams.map(named))("%s says the same to us as to the reference decoder", ([, capture]) => {
    const read = decode(unlabelled(capture), SOMEWHERE);
    if (!read.ok) throw new Error(read.why);
    const { message, unread } = read;
    const ours = [
      ...[...(message.kind === "gossip" ? [] : [message]), ...message.gossip].map(inTheirWords),
      ...message.userMessages.map((payload) => ({ type: "user", payload: asHex(payload) })),
    ];
    expect(ours).toEqual((capture.says ?? []).map(joined));
    expect(unread).toEqual([]);
  });

  const inGoForm = datagrams.filter(({ by }) => by !== "small peers");

  test.for(inGoForm.map(named))("%s comes out of us as it came in, envelope and all", ([, capture]) => {
    const read = decode(unlabelled(capture), SOMEWHERE);
    if (!read.ok) throw new Error(read.why);
    const envelope = { crc: isWrapped(capture, "hasCrc"), compress: isWrapped(capture, "compress") };
    expect(hexOf(addLabel(wrap(encode(read.message), envelope), bytes(capture.label ?? "")))).toBe(capture.hex);
  });

  test("are compressed by us if and only if Serf compressed them", () => {
    const bySerf = datagrams.filter(({ by }) => by === "Serf 0.9.4");
    for (const capture of bySerf) {
      const read = decode(raw(capture.hex), SOMEWHERE);
      expect(hexOf(wrap(read.ok ? encode(read.message) : raw(""), { crc: isWrapped(capture, "hasCrc"), compress: true })), capture.types).toBe(capture.hex);
    }
    expect([bySerf.filter((capture) => isWrapped(capture, "compress")).length, bySerf.length]).toEqual([7, 264]);
    expect(inGoForm.length).toBe(314);
  });

  test("what belongs to drivers is refused by its name", () => {
    const whys = captures.filter(({ over, says, label }) => over === "datagram" && (says === undefined || label !== undefined)).map(({ types, hex }) => {
      const read = decode(raw(hex), SOMEWHERE);
      return [types.split("+")[0], read.ok ? "understood" : read.why];
    });
    expect(Object.fromEntries(whys)).toEqual({
      "encrypted-v1": "no map where one belongs (or encrypted)",
      "encrypted-v0": "no map where one belongs (or encrypted)",
      "hasLabel": "labelled, which whoever knows our label takes off before",
    });
  });
});

/** What we make of a stream, in memberlist's words: a header, if it has one, and its records by name. */
function streamInTheirWords(capture: Capture): readonly Said[] {
  const read = decodeStream(unlabelled(capture), SOMEWHERE);
  if (!read.ok) throw new Error(read.why);
  const { message } = read;
  switch (message.kind) {
    case "ping":
    case "ack":
      return [inTheirWords(message)];
    case "user":
      return [{ type: "user", payload: asHex(message.payload) }];
    case "push-pull": {
      const records = membersOf(message.view).map((member) => ({
        type: "record", Name: member.id, State: ["alive", "suspect", "dead", "left"].indexOf(member.status), ...recordInTheirWords(member),
      }));
      return [{ type: "pushPull", Join: message.join, userState: asHex(message.userState) }, ...byName(records)];
    }
    default:
      throw new Error(`not memberlist's: ${message.kind}`);
  }
}

const byName = (records: readonly Said[]): readonly Said[] => records.toSorted((one, other) => (String(one.Name) < String(other.Name) ? -1 : 1));
const complaints = streams.filter(({ types }) => types.endsWith("err"));
const understood = streams.filter((capture) => !complaints.includes(capture));

describe("streams", () => {
  test.for(understood.map(named))("%s says the same to us as to the reference decoder", ([, capture]) => {
    const [first, ...records] = (capture.says ?? []).map(joined);
    const theirs = records.map((record): Said => ({ ...record, Vsn: String(record.Vsn ?? "").padEnd(12, "0") }));
    expect(streamInTheirWords(capture)).toEqual([first, ...byName(theirs)]);
  });

  test.for(complaints.map(named))("%s is quoted", ([, { hex }]) => {
    expect(decodeStream(raw(hex))).toMatchObject({ ok: false, why: expect.stringMatching(/^the peer refused: ".{20,200}"$/), cutShort: false });
  });

  test("come out of us as they came in, but for orders and forms that are not ours", () => {
    const isOurs = ({ says = [], by, types }: Capture): boolean =>
      // Go shuffles the records, newer memberlists sign a length above 127, and peers written by hand do as they like.
      says.length <= 2 && by !== "small peers" && !types.endsWith("user");
    const ours = understood.filter(isOurs);
    for (const capture of ours) {
      const read = decodeStream(unlabelled(capture), SOMEWHERE);
      if (!read.ok) throw new Error(read.why);
      const written = wrapStream(encode(read.message), { compress: isWrapped(capture, "compress") });
      expect(hexOf(addLabel(written, bytes(capture.label ?? ""))), capture.types).toBe(capture.hex);
    }
    expect([ours.length, understood.length]).toEqual([17, 36]);
  });

  test("of many records are as long as we say, though in another order", () => {
    const many = understood.filter(({ says = [] }) => says.length > 2);
    for (const { hex } of many) {
      const read = decodeStream(raw(hex));
      const expanded = readCompressed(readerOf(raw(hex), 1), 65_536);
      expect(read.ok && sizeOfMessage(read.message)).toBe(expanded.length);
    }
    expect(many.length).toBe(12);
  });

  test("that are nonsense are refused", () => {
    const nonsense = captures.filter(({ over, says }) => over === "stream" && says === undefined);
    const whys = nonsense.map(({ hex }) => decodeStream(raw(hex)));
    expect(whys).toEqual([{ ok: false, why: "encrypted, which is not the engine's to read", cutShort: false }]);
  });
});
