/** How a visit begins: with what the address asks for, or with the gallery. */

import type { Desk } from "./desk.ts";
import { listenToDrops } from "./dropped.ts";
import { follow, goTo } from "./link.ts";
import { tourPlaceFrom } from "../model/tour.ts";
import { open } from "./opening.ts";
import { tourFrom } from "./touring.ts";

/** Begins; the answer says whether what the address asked for has been shown, or failed to be. */
export function begin(desk: Desk): () => boolean {
  let isReady = false;
  const visit = async (): Promise<void> => {
    isReady = false;
    await answerAddress(desk);
    isReady = true;
  };
  listenToDrops(desk);
  addEventListener("hashchange", () => void visit());
  void visit();
  return () => isReady;
}

async function answerAddress(desk: Desk): Promise<void> {
  const words = new URLSearchParams(location.hash.slice(1));
  const [recordings, letters] = [words.get("open"), words.get("x")];
  const place = tourPlaceFrom(words.get("tour") ?? "");
  if (recordings === null && letters === null && place !== null) return tourFrom(desk, place.step, place.moment);
  if (recordings === null && letters === null) return desk.dispatch({ kind: "overlaid", overlay: "gallery" });
  const isShown = recordings === null ? await follow(desk, letters ?? "") : await fetchAndOpen(desk, recordings.split(","));
  if (isShown) await goTo(desk, words);
  return isShown ? undefined : desk.dispatch({ kind: "overlaid", overlay: "gallery" });
}

/** Recordings by their addresses: `npm run viz -- FILE` names those that it serves. Only from where the page itself comes. */
async function fetchAndOpen(desk: Desk, addresses: readonly string[]): Promise<boolean> {
  try {
    const recordings = await Promise.all(addresses.map(async (address) => {
      const url = new URL(address, location.href);
      if (url.origin !== location.origin) throw new Error(`${address} is not on this site`);
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
      return { name: decodeURIComponent(url.pathname.split("/").at(-1) ?? address), blob: await response.blob() };
    }));
    return (await open(desk, recordings)) !== null;
  } catch (error) {
    desk.dispatch({ kind: "noticed", notice: { kind: "error", text: error instanceof Error ? error.message : String(error) } });
    return false;
  }
}
