/** What actions make of the page's state: runs come, are shown, and go, and nothing of one stays behind. */

import { describe, expect, test } from "vitest";
import type { RunFacts } from "../../viz/model/run.ts";
import type { Action, PageState } from "../../viz/page/state.ts";
import { firstState, update } from "../../viz/page/update.ts";
import { playing } from "./library.ts";

const { facts: eight } = await playing("name: eight\nduration: 10s\nmembers: 8\n");
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
