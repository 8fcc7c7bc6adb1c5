/** Whatever stands in a file: an answer, and never an exception. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCapture } from "../../../adapter/capture/index.ts";
import { pieces } from "./telling.ts";
import { captureIn, messagesIn, storyOf } from "./telling.ts";
import { frames, pcap, pcapng, udp } from "./wire.ts";

const serf = new Uint8Array(readFileSync(new URL("serf.pcap", import.meta.url)));
const read = (bytes: Uint8Array) => readCapture([() => pieces(bytes, 8_192)], { keys: [], label: undefined, ports: [] });
const whyNot = (bytes: Uint8Array): string => {
  const result = read(bytes);
  return result.ok ? result.capture.missing.map(({ why }) => why).join() : result.why;
};

test.each<readonly [why: string, bytes: Uint8Array]>([
  ["the file is empty", new Uint8Array()],
  ["the file is too short to be a packet capture", Uint8Array.of(1, 2)],
  ["this is not a packet capture: neither pcap nor pcapng", new TextEncoder().encode("members: 8\n")],
  ["the file is compressed: unpack it with gunzip first", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0)],
  ["the file ends within its header", serf.subarray(0, 23)],
  ["the capture has no packets", serf.subarray(0, 24)],
  ["the file ends within the header of packet 1", serf.subarray(0, 30)],
  ["the file ends within packet 1", serf.subarray(0, 50)],
  ["the file ends within packet 377", serf.subarray(0, -1)],
  ["the file ends within block 4", pcapng(frames([new Uint8Array(20)])).subarray(0, -1)],
  ["the file is damaged: block 2 claims to have 7 bytes", Uint8Array.from([...pcapng([]).subarray(0, 28), 1, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0])],
  ["the file is damaged: packet 1 claims to have 4294967295 bytes", Uint8Array.from([...pcap([]), ...Array.from({ length: 16 }, () => 255)])],
])("%s", (why, bytes) => expect(whyNot(bytes)).toBe(why));

test("a file cut anywhere: what comes before the cut is there", () => {
  for (let end = 40; end < serf.length; end += 1_999) {
    const result = read(serf.subarray(0, end));
    if (!result.ok) continue;
    expect(result.capture.missing[0]?.why).toMatch(/^the file ends within (?:the header of )?packet \d+$/);
    storyOf(result.capture);
  }
});

test("a file with bits flipped", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 24, max: 9_999 }), fc.nat(255)), { minLength: 1, maxLength: 40 }), (flips) => {
    const bytes = serf.slice(0, 10_000);
    for (const [at, bits] of flips) bytes[at] = (bytes[at] ?? 0) ^ bits;
    const result = read(bytes);
    if (result.ok) storyOf(result.capture);
  }), { numRuns: 150, seed: 8 });
});

test("packets of any bytes, and datagrams of any", () => {
  const noise = fc.array(fc.uint8Array({ maxLength: 120 }), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(noise, fc.constantFrom(0, 1, 101, 113, 276), fc.boolean(), (payloads, link, asDatagrams) => {
    const packets = asDatagrams ? payloads.map((payload) => udp("10.0.0.1:7946", "10.0.0.2:7946", payload)) : payloads;
    const result = read((link % 2 === 0 ? pcap : pcapng)(frames(packets, { type: link, around: (ip) => ip }), { link }));
    if (result.ok) storyOf(result.capture);
  }), { numRuns: 300, seed: 9 });
});

test("time that goes back does not: it stands still", () => {
  const words = frames([1, 2, 3].map((word) => udp("10.0.0.1:7946", "10.0.0.2:7946", Uint8Array.of(8, word))));
  const capture = captureIn(pcap([5e14, 4e14, 6e14].map((at, number) => ({ ...words[number]!, at }))));
  expect(messagesIn(capture)).toBe("3 gossip");
  expect(capture.census.until).toBe(1e14);
});
