/** A capture's clock that was set, and moments that are damaged: what comes after keeps its pace. */

import { expect, test } from "vitest";
import { encode } from "../../../engine/index.ts";
import { inTime } from "../../../adapter/capture/time.ts";
import { at, ping } from "../../builders.ts";
import { captureIn } from "./telling.ts";
import { frames, pcap, udp } from "./wire.ts";

const HOUR = 3_600;

/** Seconds by the capture's clock, and what is made of them. */
test.each<readonly [what: string, seconds: readonly number[], made: readonly number[]]>([
  ["nothing is wrong", [10, 11, 11, 90, 91], [10, 11, 11, 90, 91]],
  ["a little out of order: as it is", [10, 11.2, 10.9, 11.3], [10, 11.2, 10.9, 11.3]],
  ["one damaged moment, far ahead", [10, 11, 9 * HOUR, 12, 13], [10, 11, 11, 12, 13]],
  ["one damaged moment, long past", [10 * HOUR, 10 * HOUR + 1, 0, 10 * HOUR + 2], [10 * HOUR, 10 * HOUR + 1, 10 * HOUR + 1, 10 * HOUR + 2]],
  ["the clock is set back by an hour", [2 * HOUR, 2 * HOUR + 1, HOUR + 1, HOUR + 2, HOUR + 4], [2 * HOUR, 2 * HOUR + 1, 2 * HOUR + 1, 2 * HOUR + 2, 2 * HOUR + 4]],
  ["twice", [100, 50, 52, 10, 13], [100, 100, 102, 102, 105]],
  ["it is set ahead, or nothing is captured for a while", [10, 500, 501, 502], [10, 500, 501, 502]],
  ["ahead for a while, then back", [10, 500, 501, 12, 14], [10, 500, 501, 501, 503]],
  ["the last one is far ahead", [10, 500], [10, 500]],
])("%s", (_, seconds, made) => {
  const packets = seconds.map((second) => ({ at: second * 1e6, link: 1, bytes: new Uint8Array(), length: 0 }));
  expect([...inTime(packets)].map((packet) => packet.at / 1e6)).toEqual(made);
});

test("after one damaged moment pings still take as long as they did, and the capture is no longer than it was", () => {
  const talk = [0, 1, 2, 3].map((seq) => udp(at("a"), at("b"), encode(ping("a", "b", seq))));
  const shaken = frames(talk).map((frame, number) => ({ ...frame, at: frame.at + (number === 1 ? 9 * HOUR * 1e6 : 0) }));
  expect(captureIn(pcap(shaken)).census.until).toBe(3_000);
});
