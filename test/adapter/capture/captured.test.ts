/** All that real agents said on a real wire, put into a capture file: it is read as the codec reads it, and nothing is lost. */

import { expect, test } from "vitest";
import { memberlistCodec } from "../../../adapter/index.ts";
import { address } from "../../../engine/index.ts";
import { captures, raw } from "../../engine/wire/captures.ts";
import { captureIn } from "./telling.ts";
import { frames, pcap, udp } from "./wire.ts";

const [a, b] = ["10.0.0.1:7946", "10.0.0.2:7946"] as const;
const datagrams = captures.filter(({ over, under }) => over === "datagram" && under === undefined).map(({ hex }) => raw(hex));

test("datagrams", () => {
  // Half a second apart: nobody repeats itself word by word that fast.
  const spread = frames(datagrams.map((payload) => udp(a, b, payload))).map((frame, k) => ({ ...frame, at: frame.at + k * 500_000 }));
  const { messages, unread } = captureIn(pcap(spread)).census;
  const labels = new Set(captures.map(({ label = "" }) => label));
  const expected = datagrams.map((payload) => {
    const decoded = [...labels].map((label) => memberlistCodec({ label }).decode(payload, address(a)));
    return decoded.find(({ ok }) => ok) ?? decoded[0];
  });
  const counts: Record<string, number> = {};
  for (const decoded of expected) if (decoded?.ok === true) counts[decoded.message.kind] = (counts[decoded.message.kind] ?? 0) + 1;
  expect(Object.fromEntries(messages.map(({ kind, count }) => [kind, count]))).toEqual(counts);
  const parts = expected.reduce((sum, decoded) => sum + (decoded?.ok === true ? decoded.unread.length : 1), 0);
  expect(unread.reduce((sum, { count }) => sum + count, 0)).toBe(parts);
  expect(datagrams.length).toBeGreaterThan(100);
});
