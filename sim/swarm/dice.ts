/** The swarm's dice: how a seed draws a world. */

import { stream } from "../world/chance.ts";

export type Dice = {
  /** A whole number in [least, most]. */
  readonly between: (least: number, most: number) => number;
  /** True with this probability, in per cent. */
  readonly isLucky: (percent: number) => boolean;
  readonly oneOf: <T>(items: readonly T[]) => T;
  /** This many of the items, in their order. */
  readonly some: <T>(items: readonly T[], count: number) => readonly T[];
};

/** Dice for one purpose: drawing more for one purpose does not change another. */
export function diceFor(seed: string, purpose: string): Dice {
  const { below } = stream(`swarm/${seed}`, purpose);
  const between = (least: number, most: number): number => least + below(most - least + 1);
  return {
    between,
    isLucky: (percent) => below(100) < percent,
    oneOf: (items) => items[below(items.length)]!,
    some: (items, count) => {
      const left = [...items.keys()];
      const drawn = new Set<number>();
      while (drawn.size < count && left.length > 0) drawn.add(left.splice(below(left.length), 1)[0]!);
      return items.filter((_, place) => drawn.has(place));
    },
  };
}
