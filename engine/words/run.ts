/** Runs: the pieces of a queue, short flat lists. What changes is copied; so a run is never longer than is copied in no time. */

/** Something to tell. */
export type Entry<T> = {
  /** What it is about: a newer thing under the same key takes its place. Null if nothing ever does; the empty text is a key like any other. */
  readonly key: string | null;
  readonly item: T;
  /** What it takes of a message, in bytes. */
  readonly size: number;
};

export type Run<T> = {
  readonly entries: readonly Entry<T>[];
  /** What the entries hold: all of it is in a message that has room for everything, which is how it mostly is. */
  readonly items: readonly T[];
  /** For each, how often it was told besides the rounds of the whole queue; less than 0 if it came after some of them. */
  readonly extra: readonly number[];
  readonly leastExtra: number;
  readonly mostExtra: number;
  /** Of all entries together. */
  readonly bytes: number;
};

/** Beyond this many a run is halved. Twice what a datagram mostly carries: then one is told without copying more than two. */
const MOST = 64;

export function runOf<T>(entries: readonly Entry<T>[], items: readonly T[], extra: readonly number[]): Run<T> {
  let bytes = 0;
  for (const { size } of entries) bytes += size;
  return retold({ entries, items, bytes }, extra);
}

/** The run, told so often. Looks at no entry: in a storm, they are far from the caches. */
export function retold<T>({ entries, items, bytes }: Pick<Run<T>, "entries" | "items" | "bytes">, extra: readonly number[]): Run<T> {
  let leastExtra = Infinity;
  let mostExtra = -Infinity;
  for (const times of extra) {
    if (times < leastExtra) leastExtra = times;
    if (times > mostExtra) mostExtra = times;
  }
  return { entries, items, extra, leastExtra, mostExtra, bytes };
}

/** The place of the first entry that is no longer than this; behind the last, if all are. */
export function headOf<T>({ entries }: Run<T>, size: number): number {
  let place = 0;
  while (place < entries.length && entries[place]!.size > size) place++;
  return place;
}

/** The run with one more entry at a place: mostly one run, two halves if it grew too long. */
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

/** These runs without empty ones, and neighbours made one where both are short: so there are never many more than there must be. */
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
