/**
 * A queue of items to tell, each under a key and each a number of times: the least told first. A value, in short flat lists.
 *
 * Flat, because mostly every datagram has room for the whole queue: then nothing is copied at all, whereas a tree would be rebuilt branch
 * by branch. Short, because in a storm thousands of items wait: then only the lists that a telling touches are copied. Measured in docs/decisions/0010.
 */

import { enter, lookUp, nothing, strike, type Agenda } from "./agenda.ts";
import { assert } from "./assert.ts";
import { headOf, joined, retold, runOf, withEntry, withoutEntry, type Entry, type Run } from "./run.ts";

export type { Entry } from "./run.ts";

export type Queue<T> = {
  /** In order: of the items told equally often, the first is told first. Mostly there is one run; none if nothing waits. */
  readonly runs: readonly Run<T>[];
  /** The entry under each key. Built when a key is looked up while there is more than one run; a storm of items whose keys are all new needs no index. */
  readonly index: Agenda<Entry<T>>;
  /** How often the queue was told as a whole; what the runs count comes on top of that. */
  readonly rounds: number;
  /** The number of items. */
  readonly length: number;
  /** The size of all items together. */
  readonly bytes: number;
};

/** The order among items that were told equally often. */
export type Order = "newest" | "longest";

export const emptyQueue: Queue<never> = { runs: [], index: nothing, rounds: 0, length: 0, bytes: 0 };

/** The items taken for one message, and the queue that remains. */
export type Batch<T> = { readonly items: readonly T[]; readonly bytes: number; readonly rest: Queue<T> };

const nobody: readonly never[] = [];

/** All items, in order. */
export function itemsOf<T>({ runs }: Queue<T>): readonly T[] {
  const [first, second] = runs;
  if (first === undefined) return nobody;
  return second === undefined ? first.items : runs.flatMap(({ items }) => items);
}

/** All items, in order, with how often each was told. */
export const waitingIn = <T>({ runs, rounds }: Queue<T>): readonly { readonly item: T; readonly told: number }[] =>
  runs.flatMap(({ items, extra }) => items.map((item, place) => ({ item, told: rounds + (extra[place] ?? 0) })));

/** Is this very object among the items? Searches only a short queue (one run): in a long one, the search costs more than it saves. */
export const isAtHand = <T>({ runs }: Queue<T>, item: T): boolean => runs.length === 1 && runs[0]!.items.includes(item);

/** The item under a key, and how often it was told; undefined if there is none. */
export function waitingUnder<T>(queue: Queue<T>, key: string): { readonly item: T; readonly told: number } | undefined {
  const entry = entryUnder(queue, key);
  if (entry === undefined) return undefined;
  const run = queue.runs.find(({ entries }) => entries.includes(entry));
  return { item: entry.item, told: queue.rounds + (run?.extra[run.entries.indexOf(entry)] ?? 0) };
}

function entryUnder<T>({ runs, index }: Queue<T>, key: string): Entry<T> | undefined {
  if (index !== nothing) return lookUp(index, key);
  for (const { entries } of runs) for (let place = 0; place < entries.length; place++) if (entries[place]!.key === key) return entries[place];
  return undefined;
}

/** Adds an item not told yet, and replaces the one under its key. */
export const queued = <T>(queue: Queue<T>, entry: Entry<T>, order: Order): Queue<T> => added(entry.key === null ? queue : unqueued(queue, entry.key), entry, order);

/** Adds an item not told yet. The caller guarantees that no item waits under its key. */
export function added<T>({ runs, index, rounds }: Queue<T>, entry: Entry<T>, order: Order): Queue<T> {
  const extra = 0 - rounds;
  if (runs.length === 0) return queueOf([runOf([entry], [entry.item], [extra])], nothing, rounds);
  const number = order === "newest" ? 0 : firstNotLonger(runs, entry.size);
  const parts = withEntry(runs[number]!, order === "newest" ? 0 : headOf(runs[number]!, entry.size), entry, extra);
  const next = runs.length === 1 ? parts : runs.toSpliced(number, 1, ...parts);
  return queueOf(next, index !== nothing && entry.key !== null ? enter(index, entry.key, 0, entry) : index, rounds);
}

/** The first run with an item no longer than `size`; the last run if all items are longer. */
function firstNotLonger<T>(runs: readonly Run<T>[], size: number): number {
  let number = 0;
  while (number < runs.length - 1 && runs[number]!.entries.at(-1)!.size > size) number++;
  return number;
}

/** Removes the item under a key. If there is none, the queue's contents stay the same (it may gain an index). */
export function unqueued<T>(before: Queue<T>, key: string): Queue<T> {
  const queue = indexed(before);
  const entry = entryUnder(queue, key);
  if (entry === undefined) return queue;
  const number = queue.runs.length === 1 ? 0 : queue.runs.findIndex(({ entries }) => entries.includes(entry));
  return withoutPlace(queue, number, queue.runs[number]!.entries.indexOf(entry));
}

/** Removes the item that would be told last: the last of those told most often. The queue must not be empty. */
export function withoutLast<T>(queue: Queue<T>): readonly [rest: Queue<T>, last: T] {
  const { runs } = queue;
  const most = mostExtra(runs);
  const number = runs.findLastIndex((run) => run.mostExtra === most);
  assert(number >= 0, "nothing is taken out of an empty queue");
  const place = runs[number]!.extra.lastIndexOf(most);
  return [withoutPlace(queue, number, place), runs[number]!.items[place]!];
}

function withoutPlace<T>({ runs, index, rounds, length }: Queue<T>, number: number, place: number): Queue<T> {
  if (length === 1) return emptyQueue;
  const { key } = runs[number]!.entries[place]!;
  const rest = withoutEntry(runs[number]!, place);
  const next = runs.length === 1 ? [rest] : joined(runs.toSpliced(number, 1, rest));
  return queueOf(next, index === nothing || key === null ? index : strike(index, key), rounds);
}

/** A queue of these runs, with this index if there is more than one run. */
function queueOf<T>(runs: readonly Run<T>[], index: Agenda<Entry<T>>, rounds: number): Queue<T> {
  if (runs.length === 1) return { runs, index: nothing, rounds, length: runs[0]!.items.length, bytes: runs[0]!.bytes };
  let length = 0;
  let bytes = 0;
  for (const run of runs) {
    length += run.items.length;
    bytes += run.bytes;
  }
  return { runs, index, rounds, length, bytes };
}

/** The same queue with an index of its keys, if it has more than one run. From then on the index is maintained, until one run is left. */
function indexed<T>(queue: Queue<T>): Queue<T> {
  if (queue.runs.length <= 1 || queue.index !== nothing) return queue;
  let index: Agenda<Entry<T>> = nothing;
  for (const { entries } of queue.runs) for (const entry of entries) if (entry.key !== null) index = enter(index, entry.key, 0, entry);
  return { ...queue, index };
}

/**
 * Takes what fits in `room` bytes, at most `most` items: the least told first (memberlist rules 60 and 61). Each item taken counts as told once more; one told
 * `limit` times is removed. No item comes twice in one message. `order` is the one in which all items were queued.
 */
export function take<T>(queue: Queue<T>, order: Order, room: number, limit: number, most: number): Batch<T> {
  const { runs, rounds, length, bytes } = queue;
  if (length === 0) return { items: nobody, bytes: 0, rest: queue };
  if (bytes > room || length > most) return takeSome(queue, order, room, limit, most);
  // Everything fits, the usual case: one number records that every item was told once more.
  if (rounds + mostExtra(runs) + 1 < limit) return { items: itemsOf(queue), bytes, rest: onceMore(queue) };
  // The limit may have fallen, because the group shrank: an item told too often already is not told again.
  const told = within(queue, limit);
  return { items: itemsOf(told), bytes: told.bytes, rest: told.length === 0 ? emptyQueue : within(onceMore(told), limit) };
}

/** Takes the least told items that fit. Stops as soon as nothing more can fit: in a storm, after about as many items as it takes. */
function takeSome<T>({ runs, index, rounds, length, bytes }: Queue<T>, order: Order, room: number, limit: number, most: number): Batch<T> {
  const chosen: T[] = [];
  const next = runs.slice();
  const [longest, shortest] = [longestIn(runs[0]!, order), shortestIn(runs.at(-1)!, order)];
  let left = room;
  // The tests for "full" are inline: a closure over `left` would cost half as much as the whole telling.
  for (let tier = tierAbove(runs, -Infinity); tier < limit - rounds; tier = left < shortest || chosen.length >= most ? Infinity : tierAbove(runs, tier)) {
    for (let number = 0; number < runs.length && left >= shortest && chosen.length < most; number++) {
      const run = runs[number]!;
      if (tier < run.leastExtra || tier > run.mostExtra || (left < longest && left < shortestIn(run, order))) continue;
      const { entries, items, extra } = run;
      const after = next[number]!.extra.slice();
      const before = chosen.length;
      for (let place = 0; place < extra.length && left >= shortest && chosen.length < most; place++) {
        if (extra[place] !== tier || entries[place]!.size > left) continue;
        left -= entries[place]!.size;
        after[place] = tier + 1;
        chosen.push(items[place]!);
      }
      if (chosen.length > before) next[number] = retold(run, after);
    }
  }
  // Only the counts have changed.
  return { items: chosen, bytes: room - left, rest: within({ runs: next, index, rounds, length, bytes }, limit) };
}

/** An upper bound of the run's entries: its first, where the longest come first. */
const longestIn = <T>({ entries }: Run<T>, order: Order): number => (order === "longest" ? entries[0]!.size : Infinity);

/** A lower bound of the run's entries: its last, where the longest come first. */
const shortestIn = <T>({ entries }: Run<T>, order: Order): number => (order === "longest" ? entries.at(-1)!.size : 1);

/** The queue after all of it was told once more. Nothing is copied: one number records it. */
const onceMore = <T>({ runs, index, rounds, length, bytes }: Queue<T>): Queue<T> => ({ runs, index, rounds: rounds + 1, length, bytes });

/** The queue without the items told `limit` times or more; the same queue if there are none. */
function within<T>(queue: Queue<T>, limit: number): Queue<T> {
  const { runs, rounds } = queue;
  if (rounds + mostExtra(runs) < limit) return queue;
  let { index } = queue;
  const kept: Run<T>[] = [];
  for (const run of runs) {
    if (rounds + run.mostExtra < limit) {
      kept.push(run);
      continue;
    }
    const [entries, items, extra]: [Entry<T>[], T[], number[]] = [[], [], []];
    run.extra.forEach((times, place) => {
      const entry = run.entries[place]!;
      if (rounds + times < limit) {
        entries.push(entry);
        items.push(run.items[place]!);
        extra.push(times);
      } else if (index !== nothing && entry.key !== null) index = strike(index, entry.key);
    });
    kept.push(runOf(entries, items, extra));
  }
  const rest = joined(kept);
  return rest.length === 0 ? emptyQueue : queueOf(rest, index, rounds);
}

function mostExtra<T>(runs: readonly Run<T>[]): number {
  let most = -Infinity;
  for (const run of runs) if (run.mostExtra > most) most = run.mostExtra;
  return most;
}

/** The least number of tellings above `tier`; Infinity if there is none. */
function tierAbove<T>(runs: readonly Run<T>[], tier: number): number {
  let next = Infinity;
  for (const { extra, leastExtra, mostExtra } of runs) {
    if (leastExtra > tier) next = Math.min(next, leastExtra);
    else if (mostExtra > tier) for (const times of extra) if (times > tier && times < next) next = times;
  }
  return next;
}
