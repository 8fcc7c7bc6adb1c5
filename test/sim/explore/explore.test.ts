/** Exploration: small worlds to their end, a broken rule found on the shortest way, and situations that are one. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { find, instant, memberId, put, step, type State } from "../../../engine/index.ts";
import { explore } from "../../../sim/explore/explore.ts";
import { firstSituation, Mover } from "../../../sim/explore/moves.ts";
import type { Printer } from "../../../sim/explore/print.ts";
import { retellPath } from "../../../sim/explore/retell.ts";
import type { Situation, SmallWorld } from "../../../sim/explore/world.ts";
import { call, passingFolder } from "../../cli/command.ts";
import { worldOf } from "./worlds.ts";

describe("explored to the end", () => {
  test.each([
    ["three-members", { losses: 0, crashes: 0 }, 635],
    ["three-members", { losses: 1, crashes: 0 }, 2_499],
    ["three-members", { losses: 0, crashes: 1 }, 3_331],
    ["two-suspects", { losses: 1, delays: 0, crashes: 0 }, 4_164],
  ] as const)("%s with %j: %i situations, and all hold", (name, limits, situations) => {
    const explored = explore(worldOf(name, limits));
    expect(explored).toMatchObject({ isWhole: true, broken: null, agrees: true, situations });
  });

  test("taking equal steps once leaves nothing out", () => {
    const world = worldOf("two-suspects", { losses: 1, delays: 1, crashes: 1 });
    const { broken, ...pooled } = explore(world, { most: 6_000 });
    expect(broken).toBeNull();
    expect(explore(world, { most: 6_000, isPooled: false })).toEqual({ ...pooled, broken });
  });

  test("where nothing goes wrong nobody is ever in doubt", () => {
    const { situations, agreed } = explore(worldOf("three-members", { losses: 0, crashes: 0 }));
    expect(agreed).toBe(situations);
  });

  test("a limit leaves it open", () => {
    expect(explore(worldOf("three-members", {}), { most: 100 })).toMatchObject({ isWhole: false, agrees: null, broken: null });
    expect(explore(worldOf("three-members", {}), { isTimeUp: () => true })).toMatchObject({ isWhole: false, agrees: null });
  });
});

/** m1 takes a suspect for one at the next incarnation. */
const confused: typeof step = (state, event) => {
  const [after, effects] = step(state, event);
  const held = find(after.view, memberId("m2"));
  const isConfused = state.self.id === memberId("m1") && held?.status === "suspect" && find(state.view, memberId("m2"))?.status === "alive";
  return isConfused ? [{ ...after, view: put(after.view, { ...held, incarnation: (held.incarnation + 1) as typeof held.incarnation }) }, effects] : [after, effects];
};

/** m1 never hears that anybody lives. */
const bitter: typeof step = (state, event) => {
  const [after, effects] = step(state, event);
  const lost = (["m2", "m3"] as const).find((id) => find(state.view, memberId(id))?.status === "dead" && find(after.view, memberId(id))?.status === "alive");
  return state.self.id === memberId("m1") && lost !== undefined ? [{ ...after, view: state.view, tombstones: state.tombstones, suspicions: state.suspicions, rumours: state.rumours }, effects] : [after, effects];
};

describe("a broken rule", () => {
  test("is found on the shortest way: the ping is lost, both seconds pass, and the suspicion begins", () => {
    const { broken } = explore(worldOf("three-members", { losses: 2, crashes: 0 }), { rule: confused });
    expect(broken?.oracle).toBe("invariants");
    const kinds = broken?.path.map(({ kind }) => kind) ?? [];
    expect(kinds.filter((kind) => kind === "lose" || kind === "crash").length).toBeLessThanOrEqual(2);
    for (const shorter of [kinds.length - 1]) expect(explore(worldOf("three-members", { losses: 2, crashes: 0 }), { rule: confused }).depth).toBe(shorter + 1);
  });

  test("of which nobody recovers is found though nothing is wrong at any moment", () => {
    const { broken, agrees } = explore(worldOf("two-suspects", { losses: 2, delays: 0, crashes: 0 }), { rule: bitter, most: 60_000 });
    // What it breaks in passing is found first; else the hopeless end.
    expect(agrees === false || broken !== null).toBe(true);
  });

  test("becomes a story that a recorder can hear", () => {
    const world = worldOf("three-members", { losses: 2, crashes: 0 });
    const { broken } = explore(world, { rule: confused });
    const steps: State[] = [];
    retellPath(world, broken?.path ?? [], { stepped: (_, __, ___, ____, state) => void steps.push(state) });
    expect(find(steps.at(-1)!.view, memberId("m2"))?.status ?? find(steps.at(-1)!.view, memberId("m3"))?.status).toBe("suspect");
  });
});

/** Everything that can be come to in so many moves, each situation with its print. */
function within(moves: number, world: SmallWorld): { readonly mover: Mover; readonly printer: Printer; readonly reached: readonly Situation[] } {
  const mover = new Mover(world);
  const { printer } = mover;
  const known = new Map<number, Situation>();
  let frontier: readonly Situation[] = [firstSituation(world)];
  for (let move = 0; move < moves; move++) {
    const next = new Map(frontier.flatMap((situation) => mover.successors(situation)).map(({ situation }) => [printer.printOf(situation), situation]));
    frontier = [...next].flatMap(([print, situation]) => (known.has(print) ? [] : [situation]));
    for (const [print, situation] of next) known.set(print, situation);
  }
  return { mover, printer, reached: [...known.values()] };
}

describe("two situations are one", () => {
  const plain = worldOf("three-members", { losses: 1, crashes: 0 });
  // Pings over streams, too: then something is under way to two members at once.
  const { mover, printer, reached } = within(16, { ...plain, config: { ...plain.config, streamPing: "on" } });

  test("if it is later, and all deadlines are later with it", () => {
    const later = (state: State): State => JSON.parse(JSON.stringify(state, (key, value: unknown) =>
      (/(At|Since|since|at|until|rank|phase)$/.test(key) && typeof value === "number" && value < 9e15 ? value + 5_000_000 : value))) as State;
    for (const situation of reached.slice(0, 50)) {
      const shifted = { ...situation, now: instant(situation.now + 5_000_000), states: situation.states.map((state) => ({ ...later(state), view: state.view })) };
      expect(printer.printOf(shifted)).toBe(printer.printOf(situation));
    }
  });

  test("if what befell two different members befell them in the other order", () => {
    let compared = 0;
    for (const situation of reached) {
      const [one, other] = situation.flights.flatMap((flight, place) => (flight.isLate ? [] : [{ place, to: flight.to }])).filter(({ to }, nth, all) => all.findIndex((flight) => flight.to === to) === nth);
      if (one === undefined || other === undefined) continue;
      const oneFirst = mover.after(mover.after(situation, { kind: "deliver", flight: one.place }).situation, { kind: "deliver", flight: other.place - 1 });
      const otherFirst = mover.after(mover.after(situation, { kind: "deliver", flight: other.place }).situation, { kind: "deliver", flight: one.place });
      expect(printer.printOf(oneFirst.situation)).toBe(printer.printOf(otherFirst.situation));
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });

  test("and not if anything is held otherwise", () => {
    const prints = new Set(reached.map((situation) => printer.printOf(situation)));
    expect(prints.size).toBe(reached.length);
    const [some] = reached;
    const doubting = { ...some!, states: some!.states.map((state, member) => (member === 0 ? { ...state, health: 1 } : state)) };
    expect(prints.has(printer.printOf(doubting))).toBe(false);
  });
});

describe("the command", () => {
  const folder = passingFolder();

  test("prints what it saw", async () => {
    const { code, stdout } = await call("explore", "worlds/two-suspects.yaml", "--states", "500", "--delays", "0");
    expect(stdout).toMatch(/^500 situations, [\d,]+ moves looked at, .*\n.* s of processor time: .*\nthat is not all that can happen: the limit was reached\nexplored=two-suspects situations=500 verdict=unknown\n$/);
    expect(code).toBe(2);
  });

  test("says what is wrong with a world", async () => {
    expect(await call("explore", join(folder, "none.yaml"))).toMatchObject({ code: 66 });
    expect((await call("explore", "scenarios/crash.yaml")).code).toBe(65);
  });
});
