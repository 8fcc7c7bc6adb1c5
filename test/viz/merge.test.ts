/** Recordings of real members: several files, each on a clock of its own, as one run. */

import { beforeAll, describe, expect, test } from "vitest";
import { instant, memberId } from "../../engine/index.ts";
import { codeIn, existences, messageKinds, type MessageWord, statuses } from "../../viz/model/words.ts";
import { called, flown, toldOf } from "../trace/flight/recordings.ts";
import { crashing, eventful } from "../trace/scenarios.ts";
import { type Opened, opening, opens } from "./library.ts";

const names = ["m00", "m01", "m02", "m03"];

describe("four members' recordings", () => {
  let run: Opened;
  beforeAll(async () => {
    const told = toldOf(names, crashing(4, 30));
    // The third was killed, and is known from the others alone; the second's clock is 20 ms ahead.
    const files = names.filter((name) => name !== "m02").map((name) => flown(told.get(name) ?? [], { origin: name === "m03" ? 250_000 : 0, ahead: name === "m01" ? 20 : 0 }));
    run = await opening(...files);
  });

  test("are one run, with whoever is known from others' views as well", () => {
    const { members, hasTruth, missing } = run.facts;
    expect({ members: members.map(({ id }) => id).toSorted(), hasTruth, missing }).toEqual({ members: names.map(memberId), hasTruth: false, missing: null });
  });

  test("messages between those who recorded are known at both ends, although their clocks differ", async () => {
    const traffic = await run.ask("traffic", { run: 1, from: instant(2e6), to: instant(20e6), filter: "", most: 10_000 });
    // One recorded nothing, and one had crashed.
    const speak = new Set(run.facts.members.flatMap(({ id }, who) => (id === "m00" || id === "m01" ? [who] : [])));
    const between = [...traffic.arrivesAt.keys()].filter((n) => speak.has(traffic.target[n]!) && speak.has(traffic.source[n]!));
    const arrived = between.filter((n) => !Number.isNaN(traffic.arrivesAt[n]));
    expect(between.length).toBeGreaterThan(15);
    expect(arrived.length / between.length).toBeGreaterThan(0.9);
  });

  test("what one of them holds at an instant is what it held", async () => {
    const observer = run.facts.members.findIndex(({ id }) => id === "m00");
    const picture = await run.ask("group", { run: 1, at: instant(5e6), observer });
    expect([...picture.status]).toEqual(names.map(() => codeIn(statuses, "alive")));
    expect([...picture.existence]).toEqual(names.map(() => codeIn(existences, "running")));
  });
});

test("streams between those who recorded are known at both ends, and so are the answers on them", async () => {
  const told = toldOf(["m01", "m02"], eventful(8, 30));
  const run = await opening(...["m01", "m02"].map((name) => flown(called(told.get(name) ?? []))));
  const traffic = await run.ask("traffic", { run: 1, from: instant(0), to: instant(30e6), filter: "", most: 10_000 });
  const ends = (kind: MessageWord): readonly (readonly [source: string | undefined, target: string | undefined, hasArrived: boolean])[] =>
    [...traffic.kind.keys()].filter((n) => traffic.kind[n] === codeIn(messageKinds, kind))
      .map((n) => [run.facts.members[traffic.source[n]!]?.id, run.facts.members[traffic.target[n]!]?.id, !Number.isNaN(traffic.arrivesAt[n])]);
  expect(ends("stream ping").filter(([source, target]) => source === "m01" && target === "m02")).toEqual([["m01", "m02", true], ["m01", "m02", true]]);
  expect(ends("stream ack").filter(([source, target]) => source === "m02" && target === "m01")).toEqual([["m02", "m01", true], ["m02", "m01", true]]);
});

test("a file that is none is named, and the others are shown", async () => {
  const told = toldOf(names, crashing(4, 10));
  const run = await opening(flown(told.get("m00") ?? []), new TextEncoder().encode("nothing"));
  expect(run.facts.missing).toContain("file1.trace: this is not a trace");
  expect(run.facts.members.length).toBe(4);
});

test("if nothing can be read, each file's reason is told", async () => {
  const told = await opens(new TextEncoder().encode("nothing"), new Uint8Array(0));
  expect(told).toMatchObject({ ok: false, whys: ["file0.trace: this is not a trace: it does not begin like one", "file1.trace: it is empty: its writer was stopped before it wrote anything"] });
});
