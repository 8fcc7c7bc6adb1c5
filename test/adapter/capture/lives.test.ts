/** Restarts, moves, silences, namesakes and strangers: who is who, and when each lived. */

import { expect, test } from "vitest";
import { bytes, encode, memberId, type Datagram, type State } from "../../../engine/index.ts";
import { ack, alive, at, dead, heldBy, left, ping, suspect } from "../../builders.ts";
import { captureIn, endOf, messagesIn, storyOf, unreadIn } from "./telling.ts";
import { frames, links, pcap, udp } from "./wire.ts";

/** `[second, from, to, message]`, by the builders' names or by addresses. */
type Line = readonly [second: number, from: string, to: string, message: Datagram];

const where = (name: string): string => (name.includes(":") ? name : at(name));
const written = (lines: readonly Line[]): Uint8Array => pcap(lines.map(([second, from, to, message]) =>
  ({ ...frames([udp(where(from), where(to), encode(message))], links.ethernet)[0]!, at: Math.round((1_700_000_000 + second) * 1e6) })));
const capture = (...lines: readonly Line[]) => captureIn(written(lines));

/** a and b ask each other every second, with rising numbers. */
const chat = (from: number, to: number, seq = 1): readonly Line[] => Array.from({ length: to - from }, (_, k): readonly Line[] => [
  [from + k, "a", "b", ping("a", "b", seq + k)], [from + k + 0.001, "b", "a", ack(seq + k)],
  [from + k + 0.5, "b", "a", ping("b", "a", seq + k)], [from + k + 0.501, "a", "b", ack(seq + k)],
]).flat();
const gossip = (...claims: Parameters<typeof ack> extends readonly [unknown?, ...infer Rest] ? Rest : never): Datagram => ({ kind: "gossip", gossip: claims, userMessages: [] });

test("a restart is another life: it counts from one again, and knows nobody", () => {
  const told = capture(...chat(0, 60), ...chat(70, 80).filter(([, from]) => from === "a"), ...chat(80, 90, 1));
  const lives = told.census.lives.get(at("b"));
  expect(lives?.map(({ from, until }) => [Math.round(from / 1e6), Math.round(until / 1e6)])).toEqual([[0, 60], [79, 90]]);
  const story = storyOf(told);
  expect(story.match(/ b {2}born@/g)).toHaveLength(2);
  expect(story).toContain("silent b");
});

test("what reached a member after its last word, it may not have heard", () => {
  const told = capture(...chat(0, 3), ...[4, 6, 8, 10, 12].map((second): Line => [second, "a", "b", ping("a", "b", 50 + second, suspect("b", "a"))]));
  expect(storyOf(told)).not.toMatch(/refuting/);
  expect(told.census.pings).toMatchObject({ asked: 11, answered: 6, lost: 0, silent: 2, open: 3 });
});

test("a ping whose answer is lost, by a member that goes on speaking, counts as lost", () => {
  const told = capture(...chat(0, 20).filter(([second, from]) => !(second === 10.001 && from === "b")));
  expect(told.census.pings).toMatchObject({ asked: 40, answered: 39, lost: 1, silent: 0, open: 0 });
});

test("what it says itself, it believes; what it is told, too", () => {
  const told = capture([0, "x", "y", gossip(alive("d", 2))], ...chat(0, 2), [2, "a", "b", gossip(alive("c", 3), suspect("d", "a", 2))], [2.5, "b", "a", gossip(dead("d", "b", 2))], ...chat(3, 5));
  const [a, b] = ["a", "b"].map((name) => endOf(told).get(memberId(name))) as [State, State];
  expect(["b", "c", "d"].map((name) => heldBy(a, name))).toEqual(["alive@0", "alive@3", "dead@2"]);
  expect(["a", "c", "d"].map((name) => heldBy(b, name))).toEqual(["alive@0", "alive@3", "dead@2"]);
  expect(storyOf(told)).toMatch(/b +gossip from a \[alive c@3, suspect d@2\]/);
});

test("an incarnation that it took out of our sight is corrected, not refuted again", () => {
  const told = capture(...chat(0, 2), [2, "a", "b", gossip(alive("a", 1))], [3, "a", "b", gossip(alive("a", 7))], ...chat(4, 6));
  expect(storyOf(told)).toMatch(/corrected a/);
  expect(endOf(told).get(memberId("a"))?.self.incarnation).toBe(7);
});

test("a farewell is one", () => {
  const told = capture(...chat(0, 2), [2, "b", "a", gossip(left("b"))], [3, "a", "b", ping("a", "b", 9)]);
  expect(storyOf(told)).toMatch(/b +asked to leave/);
  expect(storyOf(told)).toMatch(/a +gossip from b \[left b@1\] +→ announces b left/);
});

test("two of one name at once are told apart by their addresses", () => {
  const other = "10.0.0.9:7946";
  const told = capture(...chat(0, 3), [1.2, other, "b", { ...ping("a", "b", 1), sourceAddress: at("i") }], [2.2, other, "b", { ...ping("a", "b", 2), sourceAddress: at("i") }]);
  expect([...told.census.names.values()].toSorted()).toEqual(["a", `a (${other})`, "b"]);
  expect(messagesIn(told)).toBe("6 ack, 8 ping");
});

test("whoever is never named is called by its address", () => {
  const told = capture([0, "10.0.0.7:7946", "10.0.0.8:7946", ack(1)], [1, "10.0.0.8:7946", "10.0.0.7:7946", ack(1)]);
  expect([...told.census.names.values()].toSorted()).toEqual(["10.0.0.7:7946", "10.0.0.8:7946"]);
});

test("noise that looks like a word or two makes nobody a member; where a port is named, all that is said there is heard", () => {
  const nothing = { kind: "gossip", gossip: [], userMessages: [bytes("noise")] } as const;
  const lines: readonly Line[] = [...chat(0, 2), [2, "10.0.0.66:5000", "a", nothing], [2.1, "10.0.0.66:5001", "a", gossip(suspect("", ""))], [2.2, "10.0.0.66:5002", "a", ack(7)]];
  const told = capture(...lines);
  expect([[...told.census.lives.keys()], told.census.claims, unreadIn(told)]).toEqual([[at("a"), at("b")], [], "3 foreign"]);
  const open = captureIn(written(lines), { ports: [7946] });
  expect([open.census.lives.size, unreadIn(open)]).toEqual([5, ""]);
});

test("a capture goes on as long as anything is captured, members or not", () => {
  const told = capture(...chat(0, 3), [3, "a", "b", ping("a", "b", 4)], [60, "10.0.0.9:53", "10.0.0.9:5353", ack(1)]);
  expect(told.census).toMatchObject({ until: 60e6, pings: { silent: 1, open: 0 } });
  expect(storyOf(told)).toMatch(/silent a\n(.|\n)*silent b|silent b\n(.|\n)*silent a/);
});
