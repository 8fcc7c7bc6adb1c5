/** How a visit begins: with what the address asks for, or with the gallery. */

import { bring } from "./bring.ts";
import type { Desk } from "./desk.ts";
import { listenToDrops } from "./dropped.ts";
import { follow, goTo } from "./link.ts";
import { tourPlaceFrom } from "../model/tour.ts";
import { offersOf, openOffer, sourceAt, type Source } from "./many.ts";
import type { Offer } from "./state.ts";
import { tourFrom } from "./touring.ts";

/** Begins; the returned function says whether what the address asked for has been shown, or has failed. */
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
  const isShown = recordings === null ? await follow(desk, letters ?? "") : await openAddresses(desk, recordings, words);
  if (isShown) await goTo(desk, words);
  return isShown || desk.page().overlay === "choice" ? undefined : desk.dispatch({ kind: "overlaid", overlay: "gallery" });
}

/** Opens files by their addresses: `npm run viz -- FILE` names those that it serves. `of`: the files that were found together; `beside`: one that is shown beside it. */
async function openAddresses(desk: Desk, recordings: string, words: URLSearchParams): Promise<boolean> {
  const sourcesIn = (text: string): readonly Source[] => text.split(",").map(sourceAt);
  try {
    const among = words.get("of");
    if (among === null) return (await bring(desk, sourcesIn(recordings))) !== null;
    const offers = await offersOf(desk, sourcesIn(among));
    desk.dispatch({ kind: "offered", offers });
    const offered = (addresses: string | null): Offer | undefined => offers.find((offer) => offer.addresses.join() === addresses);
    const [chosen, other] = [offered(recordings), offered(words.get("beside"))];
    const run = chosen === undefined ? await bring(desk, sourcesIn(recordings)) : await openOffer(desk, chosen);
    const beside = other === undefined || run === null ? null : await openOffer(desk, other);
    if (run !== null) desk.dispatch({ kind: "run-shown", run });
    if (beside !== null) desk.dispatch({ kind: "run-put-beside", run: beside });
    return run !== null;
  } catch (error) {
    desk.dispatch({ kind: "noticed", notice: { kind: "error", text: error instanceof Error ? error.message : String(error) } });
    return false;
  }
}
