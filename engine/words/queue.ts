/**
 * Things to tell, each under a key and each so many times: the least told first. A value, in flat lists.
 *
 * Flat, because a member mostly tells everything it has in every datagram: then nothing is copied at all, where a tree would be rebuilt branch
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
  /** Of those told equally often, the first in the list goes first. */
  readonly entries: readonly Entry<T>[];
  /** What the entries hold: all of it is in a message that has room for everything, which is how it mostly is. */
  readonly items: readonly T[];
  /** How often the queue was told as a whole. */
  readonly rounds: number;
  /** For each entry, how often it was told besides; less than 0 if it came after some of the rounds. */
  readonly extra: readonly number[];
  /** No entry has more of these. */
  readonly mostExtra: number;
  /** Of all entries together. */
  readonly bytes: number;
};

/** In what order things that were told equally often are told. */
export type Order = "newest" | "longest";

export const emptyQueue: Queue<never> = { entries: [], items: [], rounds: 0, extra: [], mostExtra: 0, bytes: 0 };

/** What is in a message, and what is left in the queue. */
export type Batch<T> = { readonly items: readonly T[]; readonly bytes: number; readonly rest: Queue<T> };

/** Where the entry under a key stands, or −1. */
export function placeOf<T>({ entries }: Queue<T>, key: string): number {
  for (let place = 0; place < entries.length; place++) if (entries[place]!.key === key) return place;
  return -1;
}

/** How often the entry at a place was told. */
export const timesTold = <T>({ rounds, extra }: Queue<T>, place: number): number => rounds + (extra[place] ?? 0 - rounds);

/** Adds something not told yet, in place of what stood under its key. O(n), of the cheapest kind. */
export function queued<T>(queue: Queue<T>, entry: Entry<T>, order: Order): Queue<T> {
  const { entries, items, rounds, extra, mostExtra, bytes } = entry.key === null ? queue : unqueued(queue, entry.key);
  if (entries.length === 0) return { entries: [entry], items: [entry.item], rounds: 0, extra: [0], mostExtra: 0, bytes: entry.size };
  let place = 0;
  if (order === "longest") while (place < entries.length && entries[place]!.size > entry.size) place++;
  return {
    entries: entries.toSpliced(place, 0, entry),
    items: items.toSpliced(place, 0, entry.item),
    rounds,
    extra: extra.toSpliced(place, 0, 0 - rounds),
    mostExtra,
    bytes: bytes + entry.size,
  };
}

/** Takes out what stands under a key; without it, the same queue. */
export function unqueued<T>(queue: Queue<T>, key: string): Queue<T> {
  const place = placeOf(queue, key);
  if (place === -1) return queue;
  const { entries, items, rounds, extra, mostExtra, bytes } = queue;
  if (entries.length === 1) return emptyQueue;
  return {
    entries: entries.toSpliced(place, 1), items: items.toSpliced(place, 1), rounds, extra: extra.toSpliced(place, 1), mostExtra, bytes: bytes - entries[place]!.size,
  };
}

/**
 * Takes what fits in `room` bytes, at most `most` things: the least told first (memberlist rules 60 and 61). Each is told once more; who has been told
 * `limit` times is taken out. Never twice in one message.
 */
export function take<T>(queue: Queue<T>, room: number, limit: number, most: number): Batch<T> {
  const { entries, items, rounds, mostExtra, bytes } = queue;
  if (entries.length === 0) return { items, bytes: 0, rest: queue };
  if (bytes > room || entries.length > most) return takeSome(queue, room, limit, most);
  // Everything fits, which is how it mostly is: then one number tells of all that they were told once more.
  if (rounds + mostExtra + 1 < limit) return { items, bytes, rest: onceMore(queue) };
  // The group may have shrunk, and the limit with it: what was told too often already is not told again.
  const told = within(queue, limit);
  return { items: told.items, bytes: told.bytes, rest: within(onceMore(told), limit) };
}

/** The least told that fit. */
function takeSome<T>(queue: Queue<T>, room: number, limit: number, most: number): Batch<T> {
  const { entries, items, rounds, extra, bytes } = queue;
  const chosen: T[] = [];
  const after = extra.slice();
  let left = room;
  let { mostExtra } = queue;
  for (let tier = leastOf(extra); tier < limit - rounds && left > 0 && chosen.length < most; tier = nextTier(extra, tier)) {
    for (let place = 0; place < entries.length && left > 0 && chosen.length < most; place++) {
      if (extra[place] !== tier || entries[place]!.size > left) continue;
      left -= entries[place]!.size;
      after[place] = tier + 1;
      chosen.push(items[place]!);
    }
    if (tier + 1 > mostExtra) mostExtra = tier + 1;
  }
  return { items: chosen, bytes: room - left, rest: within({ entries, items, rounds, extra: after, mostExtra, bytes }, limit) };
}

/** The queue when all of it has been told once more. Nothing is copied: one number says it of all. */
const onceMore = <T>({ entries, items, rounds, extra, mostExtra, bytes }: Queue<T>): Queue<T> => ({ entries, items, rounds: rounds + 1, extra, mostExtra, bytes });

/** Without what was told so often already; the same queue if nothing was. */
function within<T>(queue: Queue<T>, limit: number): Queue<T> {
  const { entries, items, rounds, extra, mostExtra } = queue;
  if (rounds + mostExtra < limit) return queue;
  const keeps = (_: unknown, place: number): boolean => rounds + extra[place]! < limit;
  const kept = entries.filter(keeps);
  if (kept.length === 0) return emptyQueue;
  const keptExtra = extra.filter(keeps);
  return { entries: kept, items: items.filter(keeps), rounds, extra: keptExtra, mostExtra: greatestOf(keptExtra), bytes: kept.reduce((sum, { size }) => sum + size, 0) };
}

function greatestOf(numbers: readonly number[]): number {
  let greatest = -Infinity;
  for (const number of numbers) if (number > greatest) greatest = number;
  return greatest;
}

function leastOf(numbers: readonly number[]): number {
  let least = Infinity;
  for (const number of numbers) if (number < least) least = number;
  return least;
}

/** The least number above `tier`; Infinity if there is none. */
function nextTier(numbers: readonly number[], tier: number): number {
  let next = Infinity;
  for (const number of numbers) if (number > tier && number < next) next = number;
  return next;
}
