/** The doorkeeper: what of an event reaches the engine. */

import { describe, expect, test } from "vitest";
import {
  bytes, exchangeId, membersOf, noGossip, noUserMessages, seqNo, viewOf,
  type Bytes, type Claim, type Event, type Member, type Patch, type PushPull,
} from "../../engine/index.ts";
import { admitting } from "../../engine/admission.ts";
import { withinCidrs } from "../../engine/cidr.ts";
import { alive, aRecord, at, dead, ms } from "../builders.ts";

/** Members whose names begin with x are not admitted. */
const admits = ({ id }: Member): boolean => !id.startsWith("x");

const gossip = (claims: readonly Claim[], userMessages: readonly Bytes[] = noUserMessages): Event =>
  ({ kind: "received", now: ms(1), from: at("b"), message: { kind: "gossip", gossip: claims, userMessages } });
const aView = (names: readonly string[]) => viewOf(names.map((name) => aRecord(name)));
const pushPull = (join: boolean, names: readonly string[], userState = ""): PushPull => ({ kind: "push-pull", join, view: aView(names), userState: bytes(userState) });
const patch = (names: readonly string[]): Patch => ({ kind: "patch", depth: 1, parts: [0, 7], view: aView(names) });
const opened = (message: PushPull | Patch): Event => ({ kind: "exchange-opened", now: ms(1), from: at("b"), exchange: exchangeId(1), message });
const answered = (message: PushPull | Patch): Event => ({ kind: "exchange-answered", now: ms(1), from: at("b"), message });

/** Who stands in the view that an event brings. */
function namesIn(event: Event | null): readonly string[] | null {
  if (event === null || !("message" in event) || !("view" in event.message)) return null;
  return membersOf(event.message.view).map(({ id }) => id).toSorted();
}

describe("an application", () => {
  test("may keep any member out, be it gossiped alive or in a view, and whatever its status there", () => {
    expect(admitting(gossip([alive("b"), alive("x1"), dead("x1", "b"), alive("c")]), admits)).toEqual(gossip([alive("b"), dead("x1", "b"), alive("c")]));
    const mixed = ["b", "x1", "c", "x2"];
    for (const event of [opened, answered]) {
      expect(namesIn(admitting(event(pushPull(false, mixed)), admits))).toEqual(["b", "c"]);
      expect(namesIn(admitting(event(patch(mixed)), admits))).toEqual(["b", "c"]);
    }
    const gone = opened({ ...pushPull(false, []), view: viewOf([aRecord("b"), aRecord("x1", { status: "left" })]) });
    expect(namesIn(admitting(gone, admits))).toEqual(["b"]);
  });

  test("keeps the rest of the event as it was", () => {
    const event = opened({ ...pushPull(true, ["b", "x1"], "clocks") });
    expect(admitting(event, admits)).toEqual(opened(pushPull(true, ["b"], "clocks")));
    expect(admitting(answered(patch(["b", "x1"])), admits)).toEqual(answered(patch(["b"])));
  });

  test("gets the very event if everybody in it is admitted, or nobody is in it", () => {
    const ack: Event = { kind: "received", now: ms(1), from: at("b"), message: { kind: "ack", seq: seqNo(1), payload: bytes(""), gossip: [alive("b")], userMessages: noUserMessages } };
    const events: readonly Event[] = [
      ack, gossip([]), gossip([dead("x1", "b")]), opened(pushPull(true, ["b"])), opened(pushPull(false, [])), answered(patch([])), { kind: "woke", now: ms(1) },
      { kind: "exchange-opened", now: ms(1), from: at("b"), exchange: exchangeId(1), message: { kind: "compare", depth: 1, digests: [] } },
    ];
    for (const event of events) expect(admitting(event, admits)).toBe(event);
  });

  test("gets nothing if nothing is left", () => {
    expect(admitting(gossip([alive("x1"), alive("x2")]), admits)).toBeNull();
    expect(admitting(opened(pushPull(false, ["x1"])), admits)).toBeNull();
    expect(admitting(answered(patch(["x1"])), admits)).toBeNull();
  });

  test("gets what is left, be it only an answer, or a word to itself", () => {
    const ack: Event = { kind: "received", now: ms(1), from: at("b"), message: { kind: "ack", seq: seqNo(1), payload: bytes(""), gossip: [alive("x1")], userMessages: noUserMessages } };
    expect(admitting(ack, admits)).toMatchObject({ message: { kind: "ack", seq: 1, gossip: noGossip } });
    expect(admitting(gossip([alive("x1")], [bytes("hello")]), admits)).toEqual(gossip([], [bytes("hello")]));
    expect(admitting(opened(pushPull(false, ["x1"], "clocks")), admits)).toEqual(opened(pushPull(false, [], "clocks")));
  });

  test("may admit by address", () => {
    const local = ({ address }: Member): boolean => withinCidrs(["10.0.0.0/24"])(address);
    expect(admitting(gossip([alive("b"), alive("m7")]), local)).toEqual(gossip([alive("b")]));
  });
});

describe("a merge", () => {
  test("may be vetoed altogether when a group joins another, on either side; it is asked of those who are admitted", () => {
    const asked: (readonly string[])[] = [];
    const never = (members: readonly Member[]): boolean => (asked.push(members.map(({ id }) => id)), false);
    for (const event of [opened, answered]) expect(admitting(event(pushPull(true, ["b", "x1"], "clocks")), admits, never)).toBeNull();
    expect(asked).toEqual([["b"], ["b"]]);
  });

  test("is not asked about again in the exchanges that follow", () => {
    const event = opened(pushPull(false, ["b"]));
    expect(admitting(event, admits, () => false)).toBe(event);
    expect(admitting(answered(patch(["b"])), admits, () => false)).toEqual(answered(patch(["b"])));
  });
});
