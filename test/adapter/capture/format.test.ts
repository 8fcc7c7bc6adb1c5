/** Every format, byte order, link and version of IP comes to the same words. */

import { describe, expect, test } from "vitest";
import { encode } from "../../../engine/index.ts";
import { alive, at, ping } from "../../builders.ts";
import { captureIn, messagesIn, storyOf, unreadIn } from "./telling.ts";
import { fragmented, frames, ip, links, pcap, pcapng, pcapngBlock, udp, udpPayload } from "./wire.ts";

const question = encode(ping("a", "b", 7, alive("c")));
const [v4a, v4b] = [at("a"), at("b")];
const [v6a, v6b] = ["[fd00::1]:7946", "[fd00::2]:7946"];

const forms = [
  ["pcap", pcap], ["pcapng", pcapng],
].flatMap(([name, write]) => [true, false].flatMap((isLittle) => [true, false].map((isFine) => ({ name: name as string, write: write as typeof pcap, isLittle, isFine }))));

test.each(forms)("$name, little-endian: $isLittle, in nanoseconds: $isFine", ({ write, isLittle, isFine }) => {
  const capture = captureIn(write(frames([udp(v4a, v4b, question), udp(v4a, v4b, question)]).map((frame, k) => ({ ...frame, at: frame.at + k * 234_567 })), { isLittle, isFine }));
  expect(messagesIn(capture)).toBe("2 ping");
  expect(capture.began).toBe(1_700_000_000_000_000);
  expect(capture.census.until).toBe(235_567);
  expect(capture.missing).toEqual([]);
});

test("blocks without packets are passed over, however long they are; one of a packet that is too long is damaged", () => {
  const [before, after] = [1, 2].map((second) => pcapng(frames([udp(v4a, v4b, question)], links.ethernet, 1_700_000_000 + second)));
  // As Wireshark puts the secrets of TLS into a capture.
  const secrets = pcapngBlock(10, new Uint8Array(1_200_000));
  const around = (block: Uint8Array): Uint8Array => new Uint8Array(Buffer.concat([before!, block, after!]));
  const capture = captureIn(around(secrets), {}, 65_536);
  expect([messagesIn(capture), capture.missing]).toEqual(["2 ping", []]);
  const cut = captureIn(around(secrets).subarray(0, before!.length + 1_000_000), {}, 65_536);
  expect([messagesIn(cut), cut.missing]).toEqual(["1 ping", [{ file: 0, why: "the file ends within block 5" }]]);
  const damaged = captureIn(around(pcapngBlock(6, new Uint8Array(1_200_000))), {}, 65_536);
  expect([messagesIn(damaged), damaged.missing]).toEqual(["1 ping", [{ file: 0, why: "the file is damaged: block 5 claims to have 1200012 bytes" }]]);
});

test("packets without a time, as some programs write them, were seen when the one before was", () => {
  const simple = pcapngBlock(3, Uint8Array.from([...new Uint8Array(Uint32Array.of(links.ethernet.around(udp(v4b, v4a, question)).length).buffer), ...links.ethernet.around(udp(v4b, v4a, question))]));
  const timed = pcapng(frames([udp(v4a, v4b, question)]));
  const capture = captureIn(Uint8Array.from([...timed, ...simple, ...simple, ...pcapng(frames([udp(v4a, v4b, question)], links.ethernet, 1_700_000_001))]));
  expect([messagesIn(capture), capture.census.until]).toEqual(["3 ping", 1_000_000]);
});

describe.each(Object.entries(links))("over %s", (name, link) => {
  test.each([["IPv4", v4a, v4b], ["IPv6", v6a, v6b]])("%s", (version, a, b) => {
    if (name === "rawVersion4" && version === "IPv6") return;
    const capture = captureIn(pcap(frames([udp(a, b, question)], link), { link: link.type }));
    expect(messagesIn(capture)).toBe("1 ping");
    expect(storyOf(capture)).toContain(`a  born@0 at ${a}`);
  });
});

test.each([["IPv4", v4a, v4b], ["IPv6", v6a, v6b]])("packets sent in parts are put together, in any order: %s", (_, a, b) => {
  const parts = fragmented(a, b, question, 24, 77);
  expect(parts.length).toBeGreaterThan(3);
  for (const order of [parts, parts.toReversed(), [...parts.slice(2), ...parts.slice(0, 2), ...parts]]) {
    expect(messagesIn(captureIn(pcap(frames(order))))).toBe("1 ping");
  }
  const holed = captureIn(pcap(frames([...parts.slice(1), udp(a, b, encode(ping("a", "b", 8)))])));
  expect(messagesIn(holed)).toBe("1 ping");
  expect(unreadIn(holed)).toBe("1 gap");
});

test("parts of two packets with different numbers are kept apart", () => {
  const [one, other] = [fragmented(v4a, v4b, question, 24, 1), fragmented(v4a, v4b, encode(ping("a", "b", 8, alive("c"))), 24, 2)];
  const mixed = one.flatMap((part, k) => [part, ...other.slice(k, k + 1)]);
  expect(messagesIn(captureIn(pcap(frames(mixed))))).toBe("2 ping");
});

test("the heads of IPv6's extensions are passed over", () => {
  const inner = udpPayload(v6a, v6b, question);
  const extended = ip(v6a, v6b, 0, Uint8Array.from([60, 0, 0, 0, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0, ...inner]));
  expect(messagesIn(captureIn(pcap(frames([extended]))))).toBe("1 ping");
});

test("what the capture kept only a part of is counted as cut", () => {
  const whole = links.ethernet.around(udp(v4a, v4b, question));
  const cut = { at: 1e15, bytes: whole.subarray(0, 60), length: whole.length };
  const capture = captureIn(pcap([...frames([udp(v4a, v4b, question)]), { ...cut, at: 1_700_000_001_000_000 }]));
  expect(messagesIn(capture)).toBe("1 ping");
  expect(unreadIn(capture)).toBe("1 cut");
});

test("a link that we can't read is named", () => {
  const capture = captureIn(pcap(frames([udp(v4a, v4b, question)]), { link: 195 }));
  expect(capture.census.unread).toEqual([{ reason: "foreign", count: 1, why: ["links of type 195, which swimlab can't read"] }]);
});

test("what was captured twice at once is heard once; said again later, it is heard again", () => {
  const packet = udp(v4a, v4b, question);
  const [first] = frames([packet]);
  const times = [0, 40, 200_000];
  expect(messagesIn(captureIn(pcap(times.map((after) => ({ ...first!, at: first!.at + after })))))).toBe("2 ping");
});

test("members are found on any port by what they say; other talk is passed over", () => {
  const odd = ["10.0.0.1:30001", "10.0.0.2:30002"] as const;
  const dns = udp("10.0.0.1:4444", "10.0.0.9:53", Uint8Array.from([8, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 97, 98, 99, 0, 0, 1, 0, 1]));
  expect(messagesIn(captureIn(pcap(frames([dns, udp(...odd, question), dns]))))).toBe("1 ping");
  expect(messagesIn(captureIn(pcap(frames([dns, udp(...odd, question), udp(v4a, v4b, question)])), { ports: [7946] }))).toBe("1 ping");
});
