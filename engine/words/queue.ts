/**
 * Things to tell, each under a key and each so many times: the least told first. A value, in two flat lists.
 *
 * Flat, because a member mostly tells everything it has in every datagram: then a list is copied in one go, where a tree would be rebuilt branch
 * by branch. What that takes, and where it bends: docs/decisions/0010.
 */

/** Something to tell. */
export type Entry<T> = {
  /** What it is about: a newer thing under the same key takes its place. Null if nothing ever does; the empty text is a key like any other. */
  readonly key: string | null;
  readonly item: T;
  /** What it takes of a message, in bytes. */
  readonly size: number;
};

export type Queue<T> = {
  /** Of those told equally often, the last in the list goes first. */
  readonly entries: readonly Entry<T>[];
  /** For each, how often it was told. */
  readonly told: readonly number[];
  /** Of all entries together. */
  readonly bytes: number;
};

/** In what order things that were told equally often are told. */
export type Order = "newest" | "longest";

export const emptyQueue: Queue<never> = { entries: [], told: [], bytes: 0 };

/** What is in a message, and what is left in the queue. */
export type Batch<T> = { readonly items: readonly T[]; readonly bytes: number; readonly rest: Queue<T> };

/** Where the entry under a key stands, or −1. */
export function placeOf<T>({ entries }: Queue<T>, key: string): number {
  for (let place = entries.length - 1; place >= 0; place--) if (entries[place]!.key === key) return place;
  return -1;
}

/** Adds something not told yet, in place of what stood under its key. O(n), of the cheapest kind. */
export function queued<T>(queue: Queue<T>, entry: Entry<T>, order: Order): Queue<T> {
  const { entries, told, bytes } = entry.key === null ? queue : unqueued(queue, entry.key);
  let place = entries.length;
  if (order === "longest") while (place > 0 && entries[place - 1]!.size > entry.size) place--;
  return { entries: entries.toSpliced(place, 0, entry), told: told.toSpliced(place, 0, 0), bytes: bytes + entry.size };
}

/** Takes out what stands under a key; without it, the same queue. */
export function unqueued<T>(queue: Queue<T>, key: string): Queue<T> {
  const place = placeOf(queue, key);
  if (place === -1) return queue;
  return { entries: queue.entries.toSpliced(place, 1), told: queue.told.toSpliced(place, 1), bytes: queue.bytes - queue.entries[place]!.size };
}

/**
 * Takes what fits in `room` bytes, at most `most` things: the least told first (memberlist rules 60 and 61). Each is told once more; who has been told
 * `limit` times is taken out. Never twice in one message.
 */
export function take<T>(queue: Queue<T>, room: number, limit: number, most: number): Batch<T> {
  const { entries, told, bytes } = queue;
  if (entries.length === 0) return { items: [], bytes: 0, rest: queue };
  if (bytes <= room && entries.length <= most) return takeAll(queue, limit);
  const chosen: number[] = [];
  const after = told.slice();
  let left = room;
  for (let tier = leastOf(told); tier < limit && left > 0 && chosen.length < most; tier = nextTier(told, tier)) {
    for (let place = entries.length - 1; place >= 0 && left > 0 && chosen.length < most; place--) {
      if (told[place] !== tier || entries[place]!.size > left) continue;
      left -= entries[place]!.size;
      after[place] = tier + 1;
      chosen.push(place);
    }
  }
  return { items: chosen.map((place) => entries[place]!.item), bytes: room - left, rest: trimmed(entries, after, bytes, limit) };
}

/** Everything fits, which is how it mostly is. */
function takeAll<T>({ entries, told, bytes }: Queue<T>, limit: number): Batch<T> {
  const items: T[] = [];
  const after: number[] = [];
  let size = 0;
  for (let place = entries.length - 1; place >= 0; place--) {
    // The group has shrunk, and the limit with it.
    if (told[place]! >= limit) continue;
    items.push(entries[place]!.item);
    size += entries[place]!.size;
  }
  for (const times of told) after.push(times + 1);
  return { items, bytes: size, rest: trimmed(entries, after, bytes, limit) };
}

/** Without those that have been told often enough. */
function trimmed<T>(entries: Queue<T>["entries"], told: readonly number[], bytes: number, limit: number): Queue<T> {
  if (!told.some((times) => times >= limit)) return { entries, told, bytes };
  const kept = entries.filter((_, place) => told[place]! < limit);
  return { entries: kept, told: told.filter((times) => times < limit), bytes: kept.reduce((sum, { size }) => sum + size, 0) };
}

function leastOf(told: readonly number[]): number {
  let least = Infinity;
  for (const times of told) if (times < least) least = times;
  return least;
}

/** The least number of tellings above `tier`; Infinity if there is none. */
function nextTier(told: readonly number[], tier: number): number {
  let next = Infinity;
  for (const times of told) if (times > tier && times < next) next = times;
  return next;
}
