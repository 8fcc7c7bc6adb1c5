/** Runs: the pieces of a queue, short flat lists. A run that changes is copied, so its length is limited to what is cheap to copy. */

/** Something to tell. */
export type Entry<T> = {
  /** A newer entry with the same key replaces it. Null if none ever does; the empty text is an ordinary key. */
  readonly key: string | null;
  readonly item: T;
  /** The room it takes in a message, in bytes. */
  readonly size: number;
};

export type Run<T> = {
  readonly entries: readonly Entry<T>[];
  /** The entries' items, as a list that can go into a message whole, which is the usual case. */
  readonly items: readonly T[];
  /** For each entry, how often it was told, minus the rounds of the whole queue; negative if it was added after some of them. */
  readonly extra: readonly number[];
  readonly leastExtra: number;
  readonly mostExtra: number;
  /** Of all entries together. */
  readonly bytes: number;
};

/** A run with more entries than this is halved. Twice what a datagram usually carries, so that a telling rarely copies more than two runs. */
const MOST = 64;

export function runOf<T>(entries: readonly Entry<T>[], items: readonly T[], extra: readonly number[]): Run<T> {
  let bytes = 0;
  for (const { size } of entries) bytes += size;
  return retold({ entries, items, bytes }, extra);
}

/** The run with these counts. Does not touch the entries: in a storm, they are not in the processor's cache. */
export function retold<T>({ entries, items, bytes }: Pick<Run<T>, "entries" | "items" | "bytes">, extra: readonly number[]): Run<T> {
  let leastExtra = Infinity;
  let mostExtra = -Infinity;
  for (const times of extra) {
    if (times < leastExtra) leastExtra = times;
    if (times > mostExtra) mostExtra = times;
  }
  return { entries, items, extra, leastExtra, mostExtra, bytes };
}

/** The index of the first entry no longer than `size`; the end of the run if all are longer. */
export function headOf<T>({ entries }: Run<T>, size: number): number {
  let place = 0;
  while (place < entries.length && entries[place]!.size > size) place++;
  return place;
}

/** The run with one more entry: two halves if it grew too long. */
export function withEntry<T>({ entries, items, extra, leastExtra, mostExtra, bytes }: Run<T>, place: number, entry: Entry<T>, times: number): readonly Run<T>[] {
  const run: Run<T> = {
    entries: entries.toSpliced(place, 0, entry),
    items: items.toSpliced(place, 0, entry.item),
    extra: extra.toSpliced(place, 0, times),
    leastExtra: times < leastExtra ? times : leastExtra,
    mostExtra: times > mostExtra ? times : mostExtra,
    bytes: bytes + entry.size,
  };
  return run.entries.length > MOST ? [partOf(run, 0, MOST / 2), partOf(run, MOST / 2, MOST + 1)] : [run];
}

const partOf = <T>({ entries, items, extra }: Run<T>, from: number, to: number): Run<T> => runOf(entries.slice(from, to), items.slice(from, to), extra.slice(from, to));

export const withoutEntry = <T>({ entries, items, extra }: Run<T>, place: number): Run<T> =>
  runOf(entries.toSpliced(place, 1), items.toSpliced(place, 1), extra.toSpliced(place, 1));

/** These runs without the empty ones, and with short neighbours joined: so there are never many more runs than necessary. */
export function joined<T>(runs: readonly Run<T>[]): readonly Run<T>[] {
  const long: Run<T>[] = [];
  for (const run of runs) {
    const last = long.at(-1);
    if (run.entries.length === 0) continue;
    if (last !== undefined && last.entries.length + run.entries.length <= MOST / 2) {
      long[long.length - 1] = runOf([...last.entries, ...run.entries], [...last.items, ...run.items], [...last.extra, ...run.extra]);
    } else long.push(run);
  }
  return long;
}
