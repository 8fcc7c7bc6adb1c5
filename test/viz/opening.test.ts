/** What was asked for comes later: the page has gone on meanwhile, and is left as it is then. */

import { expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import type { Desk } from "../../viz/page/desk.ts";
import { goTo } from "../../viz/page/link.ts";
import { play } from "../../viz/page/opening.ts";
import { Store } from "../../viz/page/store.ts";
import { firstState } from "../../viz/page/update.ts";
import { playing } from "./library.ts";

const { facts } = await playing("name: eight\nduration: 10s\nmembers: 8\n");
const experiment = { file: "eight.yaml", text: "", seed: null, run: 0, edits: [] };

/** A desk whose worker answers at last: with this run under whatever number, once something has been done. */
function deskOf(store: Store, meanwhile: () => void): Desk {
  const ask = async (name: string, says: { readonly run: number }): Promise<unknown> => {
    if (name !== "play") return null;
    meanwhile();
    return { ok: true, facts: { ...facts, id: says.run } };
  };
  return { page: () => store.page, dispatch: (action) => store.dispatch(action), ask: ask as unknown as Desk["ask"], frame: () => ({ group: null, matrix: null, traffic: null, lanes: null }), commands: [] };
}

const store = (): Store => new Store(firstState, () => {});

test("what lay over the page goes when the run is there; what was opened in the meantime stays", async () => {
  const [quick, slow] = [store(), store()];
  for (const one of [quick, slow]) one.dispatch({ kind: "overlaid", overlay: "gallery" });
  await play(deskOf(quick, () => {}), experiment);
  expect(quick.page.overlay).toBe("none");
  await play(deskOf(slow, () => { for (const overlay of ["none", "gallery"] as const) slow.dispatch({ kind: "overlaid", overlay }); }), experiment);
  expect({ overlay: slow.page.overlay, runs: slow.page.runs.length }).toEqual({ overlay: "gallery", runs: 1 });
});

test("a run that was closed before the answer came is not shown", async () => {
  const page = store();
  const desk = deskOf(page, () => {
    // The number that it will have is the next.
    const run = asked + 1;
    page.dispatch({ kind: "run-grew", facts: { ...facts, id: run }, work: null });
    page.dispatch({ kind: "run-closed", run });
  });
  const asked = (await play(deskOf(store(), () => {}), experiment)) ?? 0;
  expect(await play(desk, experiment)).toBe(null);
  expect({ runs: page.page.runs, shown: page.page.shown }).toEqual({ runs: [], shown: null });
});

test("the place that a link names is not gone to in another run, to which somebody turned while this one was read", async () => {
  const page = store();
  const grow = (id: number, isComplete: boolean): void => page.dispatch({ kind: "run-grew", facts: { ...facts, id, isComplete, seenUntil: isComplete ? facts.ends : instant(0) }, work: null });
  grow(1, false);
  grow(2, true);
  page.dispatch({ kind: "run-shown", run: 1 });
  const going = goTo(deskOf(page, () => {}), new URLSearchParams("t=9000000&q=kind:ping&view=log"));
  page.dispatch({ kind: "run-shown", run: 2 });
  const before = page.page;
  grow(1, true);
  await going;
  expect({ clock: page.page.clock, filter: page.page.filter, view: page.page.view }).toEqual({ clock: before.clock, filter: before.filter, view: before.view });
});
