/** The page's entry point: puts store, worker, parts and keys together. */

import { Client } from "./page/client.ts";
import { commands } from "./page/commands.ts";
import { comparing } from "./page/comparing.ts";
import type { Desk, MakePart, Part } from "./page/desk.ts";
import { Feed } from "./page/feed.ts";
import { shippedFiles } from "./page/gallery.ts";
import { listenToKeys } from "./page/keys.ts";
import { regions } from "./page/regions.ts";
import { begin } from "./page/begin.ts";
import { linking } from "./page/link.ts";
import { runOf } from "./page/state.ts";
import { Store } from "./page/store.ts";
import { dress, onSystemTheme } from "./page/theme.ts";
import { Ticker } from "./page/ticker.ts";
import { touring } from "./page/touring.ts";
import { firstState } from "./page/update.ts";

const worker = new Worker(new URL("./worker/main.ts", import.meta.url), { type: "module" });
const client = new Client(worker, (notice) => {
  const { share } = notice;
  if (notice.tell === "progress") store.dispatch({ kind: "run-progressed", run: notice.run, work: { doing: notice.doing, share } });
  else {
    const before = runOf(store.page, notice.facts.id);
    const { missing, name } = notice.facts;
    // Damage at the end of a long file is only found when it has been read to its end.
    if (before?.missing === null && missing !== null) store.dispatch({ kind: "noticed", notice: { kind: "warning", text: `${name}: ${missing}` } });
    store.dispatch({ kind: "run-grew", facts: notice.facts, work: notice.facts.isComplete ? null : { doing: notice.doing, share } });
  }
});
client.lend(shippedFiles);

const store = new Store(firstState, () => ticker.wake());
const desk: Desk = {
  page: () => store.page,
  dispatch: (action) => store.dispatch(action),
  ask: (name, says) => client.ask(name, says),
  frame: (run) => feed.frameOf(run),
  commands,
};
const feed = new Feed(desk, () => ticker.wake());
const parts: readonly Part[] = regions().map(([region, make]: readonly [HTMLElement, MakePart]) => make(region, desk));
const compare = comparing(desk);
const tour = touring(desk, () => ticker.wake());
let isReady = (): boolean => false;
const keepLink = linking(() => isReady());
const ticker = new Ticker(desk, () => {
  const { page } = store;
  dress(page.theme);
  feed.follow(page);
  compare(page);
  tour(page);
  keepLink(page);
  const title = `${runOf(page, page.shown)?.name ?? "viewer"} – swimlab`;
  if (document.title !== title) document.title = title;
  for (const part of parts) part.show(page, feed.frameOf(page.shown));
});

// The placeholder that is shown until the page has started.
document.getElementById("starting")?.remove();
listenToKeys(desk, ticker.now);
onSystemTheme(ticker.wake);
ticker.wake();
isReady = begin(desk);
// For the console, and for tests that inspect the page's state.
Object.assign(globalThis, { swimlab: desk });
