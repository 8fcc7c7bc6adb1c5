/** Several files at once: recordings of members are merged into one run; runs of a simulator become a list to choose from. */

import { naturally } from "../model/natural.ts";
import type { RunId } from "../model/run.ts";
import type { Recording } from "../worker/protocol.ts";
import type { Desk } from "./desk.ts";
import { open } from "./opening.ts";
import type { Offer } from "./state.ts";

/** An available file: on the user's disk, or at an address of this site. */
export type Source = { readonly name: string; readonly address: string | null; readonly head: () => Promise<Blob>; readonly whole: () => Promise<Blob> };

/** How many bytes at its beginning are read to determine the kind of a file. */
const HEAD = 1 << 16;

export const sourceOfFile = (file: File): Source => ({ name: file.name, address: null, head: async () => file.slice(0, HEAD), whole: async () => file });

/** Opens one run, or shows a list. Returns the run's number, or null if the user has to choose, or nothing could be opened. */
export async function openMany(desk: Desk, sources: readonly Source[]): Promise<RunId | null> {
  const offers = await offersOf(desk, sources.toSorted((one, other) => naturally(one.name, other.name)));
  desk.dispatch({ kind: "offered", offers });
  const [only] = offers;
  if (offers.length === 1 && only !== undefined) return openOffer(desk, only);
  desk.dispatch({ kind: "overlaid", overlay: "choice" });
  return null;
}

/** The list of runs, without opening one. */
export async function offersOf(desk: Desk, sources: readonly Source[]): Promise<readonly Offer[]> {
  if (sources.length < 2) return sources.map((source) => offerOf([source], source.name, ""));
  const heads = await Promise.all(sources.map(async (source): Promise<Recording> => ({ name: source.name, blob: await source.head() })));
  const kinds = await desk.ask("sort", { heads });
  const runs = sources.flatMap((source, n): Offer[] => {
    const kind = kinds[n];
    return kind?.kind === "run" ? [offerOf([source], source.name, `${kind.scenario}, run ${kind.run}, seed ${kind.seed}`)] : [];
  });
  const recordings = sources.filter((_, n) => kinds[n]?.kind !== "run");
  if (recordings.length === 0) return runs;
  const title = recordings.length === 1 ? (recordings[0]?.name ?? "") : `${recordings.length} recordings, merged`;
  return [...runs, offerOf(recordings, title, recordings.length === 1 ? "" : recordings.map(({ name }) => name).join(", "))];
}

const offerOf = (sources: readonly Source[], title: string, about: string): Offer => ({
  title, about,
  addresses: sources.flatMap(({ address }) => address ?? []),
  load: () => Promise.all(sources.map(async ({ name, whole }): Promise<Recording> => ({ name, blob: await whole() }))),
});

/** Opens an offer; afterwards the page, and its link, know where the run came from. */
export async function openOffer(desk: Desk, offer: Offer): Promise<RunId | null> {
  try {
    const run = await open(desk, await offer.load());
    if (run !== null) desk.dispatch({ kind: "offer-taken", run, offer });
    return run;
  } catch (error) {
    desk.dispatch({ kind: "noticed", notice: { kind: "error", text: error instanceof Error ? error.message : String(error) } });
    return null;
  }
}

/** A recording by its address: only from the page's own origin. */
export function sourceAt(address: string): Source {
  const url = new URL(address, location.href);
  const fetched = async (): Promise<Response> => {
    if (url.origin !== location.origin) throw new Error(`${address} is not on this site`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
    return response;
  };
  return {
    name: decodeURIComponent(url.pathname.split("/").at(-1) ?? address), address,
    head: async () => headOf(await fetched()), whole: async () => (await fetched()).blob(),
  };
}

/** The first bytes; does not wait for the rest. */
async function headOf({ body }: Response): Promise<Blob> {
  const pieces: BlobPart[] = [];
  if (body === null) return new Blob(pieces);
  const reader = body.getReader();
  for (let size = 0; size < HEAD;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    size += value.length;
  }
  await reader.cancel();
  return new Blob(pieces);
}
