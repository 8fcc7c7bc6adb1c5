/** What actions make of the page's state: runs come, are shown, and go, and nothing of one stays behind. */

import { describe, expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import type { RunFacts } from "../../viz/model/run.ts";
import { type Action, type Offer, offersLeft, type PageState } from "../../viz/page/state.ts";
import { Store } from "../../viz/page/store.ts";
import { firstState, update } from "../../viz/page/update.ts";
import { playing } from "./library.ts";

const { facts: eight } = await playing("name: eight\nduration: 10s\nmembers: 8\n");
const { facts: short } = await playing("name: short\nduration: 4s\nmembers: 8\n");
const { facts: others } = await playing("name: others\nduration: 10s\nmembers: [{ count: 8, name: x }]\n");
const doing = { doing: "playing", share: 0.5 } as const;

const after = (page: PageState, ...actions: readonly Action[]): PageState => actions.reduce(update, page);
const grew = (facts: RunFacts, id: number): Action => ({ kind: "run-grew", facts: { ...facts, id, isComplete: false }, work: doing });
const open = (facts: RunFacts, id: number): readonly Action[] => [grew(facts, id), { kind: "run-shown", run: id }];

describe("a run that was closed", () => {
  const closed = after(firstState, ...open(eight, 1), ...open(eight, 2), { kind: "run-closed", run: 2 });

  test("is gone, and so is the work on it", () => {
    expect({ runs: closed.runs.map(({ id }) => id), shown: closed.shown, work: closed.work }).toEqual({ runs: [1], shown: 1, work: { 1: doing } });
  });

  test.for<Action>([grew(eight, 2), { kind: "run-progressed", run: 2, work: doing }, { kind: "run-shown", run: 2 }])("does not come back when it is heard of late: $kind", (late) => {
    expect(update(closed, late)).toBe(closed);
  });
});

test("the same notice twice is one, which comes last", () => {
  const told = (...texts: readonly string[]): unknown => after(firstState, ...texts.map((text): Action => ({ kind: "noticed", notice: { kind: "warning", text } }))).notices.map(({ text }) => text);
  expect(told("one", "other", "one")).toEqual(["other", "one"]);
});

describe("turning from a run to another", () => {
  const looking: readonly Action[] = [
    ...open(eight, 1), { kind: "sought", at: instant(9e6), line: 500, selection: { member: 3, message: 77, line: 500 } }, { kind: "observed", observer: 5 },
    { kind: "zoomed", span: { from: instant(8e6), to: instant(9.5e6) } },
  ];
  const looked = ({ clock: { at, line }, selection, observer, span }: PageState): unknown => ({ at, line, selection, observer, span });
  const forkOf = (parent: number): RunFacts => ({ ...eight, origin: { kind: "played", experiment: { file: "", text: "", seed: null, run: 0, edits: [] }, parent, forkedAt: instant(9e6) } });

  test("another group has other members, however many: it is seen from its beginning, and nothing of it is chosen", () => {
    expect(looked(after(firstState, ...looking, ...open(others, 2))))
      .toEqual({ at: others.begins, line: null, selection: { member: null, message: null, line: null }, observer: null, span: null });
  });

  test("the same group in another experiment keeps its members, and the instant as far as there is one; lines and messages are others", () => {
    const turned = after(firstState, ...looking, ...open(short, 2));
    expect(looked(turned)).toEqual({ at: short.ends, line: null, selection: { member: 3, message: null, line: null }, observer: 5, span: { from: short.ends - 1.5e6, to: short.ends } });
  });

  test("a fork keeps all of it, and so does a fork of the same run, even if that was closed", () => {
    const forked = after(firstState, ...looking, grew(forkOf(1), 2), grew(forkOf(1), 3), { kind: "run-shown", run: 2 });
    expect(looked(forked)).toEqual(looked(after(firstState, ...looking)));
    expect(looked(after(forked, { kind: "run-closed", run: 1 }, { kind: "run-shown", run: 3 }))).toEqual(looked(after(firstState, ...looking)));
  });

  test("closing the one that is shown is turning to the one that is left", () => {
    const both = after(firstState, ...open(short, 1), ...open(eight, 2), ...looking.slice(2));
    const [turned, closed] = [after(both, { kind: "run-shown", run: 1 }), after(both, { kind: "run-closed", run: 2 })];
    expect({ ...(looked(closed) as object), shown: closed.shown }).toEqual({ ...(looked(turned) as object), shown: 1 });
    expect(closed.clock.at).toBe(short.ends);
  });

  test("one that is not open can't be put beside it", () => {
    expect(after(firstState, ...open(eight, 1), { kind: "run-put-beside", run: 2 }).beside).toBe(null);
  });
});

test("when the last run is closed the page is as it was before the first, but for how it was set up", () => {
  const page = after(firstState, { kind: "sped", speed: 5 }, { kind: "view-turned", view: "text" }, ...open(eight, 1), { kind: "sought", at: instant(5e6), line: 9, selection: { member: 1, message: 4 } }, { kind: "observed", observer: 2 },
    { kind: "run-closed", run: 1 });
  expect(page).toEqual({ ...firstState, closed: [1], view: "text", clock: { ...firstState.clock, speed: 5 } });
});

describe("runs that were found together", () => {
  const offer = (title: string, ...addresses: readonly string[]): Offer => ({ title, about: "", addresses, load: async () => [] });
  const titlesLeft = (page: PageState): readonly string[] => offersLeft(page).map(({ title }) => title);

  test.for([["on a site", [offer("a", "a.trace"), offer("b", "b.trace")]], ["on one's own disk", [offer("a"), offer("b")]]] as const)("are left as long as they are not open, %s", ([, offers]) => {
    const found = after(firstState, { kind: "offered", offers });
    const taken = after(found, ...open(eight, 1), { kind: "offer-taken", run: 1, offer: offers[0]! });
    const closed = after(taken, { kind: "run-closed", run: 1 });
    expect([found, taken, closed].map(titlesLeft)).toEqual([["a", "b"], ["b"], ["a", "b"]]);
    expect(after(closed, { kind: "offer-taken", run: 1, offer: offers[0]! })).toBe(closed);
  });

  test("are the same where they are offered once more, if they have addresses to know them by", () => {
    const taken = after(firstState, { kind: "offered", offers: [offer("a", "a.trace")] }, ...open(eight, 1), { kind: "offer-taken", run: 1, offer: offer("a", "a.trace") });
    expect(titlesLeft(taken)).toEqual([]);
  });
});

describe("undo", () => {
  const storeAfter = (...actions: readonly Action[]): Store => {
    const store = new Store(firstState, () => {});
    for (const action of actions) store.dispatch(action);
    return store;
  };
  /** What is shown, and beside it, and when, further and further back; then forwards again. */
  const ways = (store: Store): readonly unknown[] => [...Array.from({ length: 8 }, () => "undone" as const), ...Array.from({ length: 8 }, () => "redone" as const)].map((kind) => {
    store.dispatch({ kind });
    const { shown, beside, clock } = store.page;
    return [shown, beside, clock.at / 1e6];
  });

  test("leads neither to a run that was closed, nor puts one beside, nor goes where the cursor stood in it", () => {
    const store = storeAfter(
      ...open(eight, 1), { kind: "sought", at: instant(2e6), line: 1 }, ...open(others, 2), { kind: "sought", at: instant(7e6), line: 2 }, { kind: "run-shown", run: 1 },
      { kind: "run-put-beside", run: 2 }, { kind: "view-turned", view: "log" }, { kind: "sought", at: instant(5e6), line: 3 }, { kind: "run-closed", run: 2 },
    );
    const visited = ways(store) as readonly [number | null, number | null, number][];
    expect(visited.filter(([shown, beside, at]) => shown === 2 || beside === 2 || at === 7)).toEqual([]);
    expect(visited).toContainEqual([1, null, 2]);
    expect(visited.at(-1)).toEqual([1, null, 5]);
  });
});
