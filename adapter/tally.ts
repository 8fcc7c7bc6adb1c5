/** Counts by reason, for metrics. */

export type Tally = {
  readonly add: (reason: string) => void;
  readonly counts: () => Readonly<Record<string, number>>;
};

export function tally(): Tally {
  const counted = new Map<string, number>();
  return {
    add: (reason) => void counted.set(reason, (counted.get(reason) ?? 0) + 1),
    counts: () => Object.fromEntries(counted),
  };
}
