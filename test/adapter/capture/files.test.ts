/** Several files, of one capture or of several machines: one order of time, and each word once. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openCapture } from "../../../adapter/capture/file.ts";
import { encode } from "../../../engine/index.ts";
import { at, ping } from "../../builders.ts";
import { captureIn, captureOf, messagesIn, storyOf, unreadIn } from "./telling.ts";
import { frames, pcap, udp, type Frame } from "./wire.ts";

const serf = new Uint8Array(readFileSync(new URL("serf.pcap", import.meta.url)));
const packets = framesIn(serf);
const parts = (count: number): readonly Uint8Array[] => Array.from({ length: count }, (_, n) => pcap(packets.slice((n * packets.length) / count, ((n + 1) * packets.length) / count)));

function framesIn(bytes: Uint8Array): readonly Frame[] {
  const opened = openCapture([bytes]);
  return opened.ok ? [...opened.packets] : [];
}

test("the files of a ring are one capture, in whatever order they come, wherever streams were cut between them", () => {
  const whole = captureIn(serf);
  const [first, second, third, fourth, fifth] = parts(5) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const ring = captureOf([fourth, fifth, first, second, third, pcap([])]);
  expect(storyOf(ring)).toBe(storyOf(whole));
  expect([ring.packets, ring.began, ring.missing]).toEqual([whole.packets, whole.began, []]);
});

test.each([3, -3])("what two machines captured at once is told in one order of time, and what both have is heard once; the other's clock is %i ms ahead", (ahead) => {
  const [whole, both] = [captureIn(serf), captureOf([serf, pcap(packets.map((frame) => ({ ...frame, at: frame.at + ahead * 1_000 })))])];
  expect([messagesIn(both), unreadIn(both), both.packets]).toEqual([messagesIn(whole), unreadIn(whole), 2 * whole.packets]);
});

test("the one that ends too early is named, and so is the one that is no capture", () => {
  const [first, second] = parts(2) as [Uint8Array, Uint8Array];
  expect(captureOf([first, second.subarray(0, 1_000)]).missing).toEqual([{ file: 1, why: expect.stringMatching(/^the file ends within /) }]);
  expect(() => captureOf([first, new Uint8Array(100)])).toThrow("this is not a packet capture: neither pcap nor pcapng");
});

test("a clock that was set back in one of them does not hold up the others", () => {
  const talk = (name: string, seq: number): Uint8Array => udp(at(name), at("b"), encode(ping(name, "b", seq)));
  const set = [0, 1, 2, 3].map((seq) => ({ ...frames([talk("a", seq)])[0]!, at: 1e15 + seq * 2e6 - (seq > 1 ? 3_600e6 : 0) }));
  const right = [0, 1, 2, 3].map((seq) => ({ ...frames([talk("c", seq)])[0]!, at: 1e15 + 1e6 + seq * 2e6 }));
  expect(captureOf([pcap(set), pcap(right)]).census).toMatchObject({ until: 7e6, pings: { asked: 8 } });
});
