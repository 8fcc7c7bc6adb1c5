/** How much of the machine's memory the players of runs may use. */

import { totalmem } from "node:os";

const MEBIBYTE = 1_048_576;
/** The share of the machine's memory that all of them together may fill. */
const OURS = 0.8;

/** In mebibytes, for each of this many players. */
const shareOf = (among = 1, mebibytes = totalmem() / MEBIBYTE): number => mebibytes * (OURS / Math.max(1, among));

/**
 * Room for V8's young generation, in mebibytes. Nearly all objects of a step become garbage by the next; but the last state of each member is alive when the young generation
 * is collected, and is copied, twice, in vain if it is replaced soon after. With room for several states of each member, less is copied: two thousand members that join
 * through one seed take 14 % less time with 768 MiB than with 192, four thousand settled ones a fifth less, 128 that are blocked again and again 6 % less than with 128;
 * more than 768 does not help these. Hundreds of thousands have more to keep.
 */
const young = { least: 128, eachMember: 3, usual: 768, membersToOne: 64, most: 1_536, share: 1 / 8 } as const;

/** For this many members, played by a thread that may use this many mebibytes: at most an eighth of that, unless that is below the minimum. */
const youngFor = (members: number, share: number): number =>
  Math.floor(Math.max(young.least, Math.min(young.most, share * young.share, Math.max(Math.min(young.usual, members * young.eachMember), members / young.membersToOne))));

/**
 * The initial size of each half of the young generation, as an option of V8 that applies to heaps created from then on: a thread's limits have no equivalent. V8 begins with
 * one mebibyte and doubles it once more has survived than fits, which in a settled group takes minutes; until then it copies the last states of all members again
 * and again. A larger value would take memory whether needed or not, and beyond the processor's caches it is slower to fill. With it, settled
 * groups of 256 to 4,096 members take some four per cent less time, and so do groups that join.
 */
export const BEGINNING = "--min-semi-space-size=32";

/** The limits of one of this many threads, on a machine with this many mebibytes. A thread beyond its limit ends in a way that can be told from a mistake of ours; without limits, the whole process would end. */
export function limitsFor(among: number, members: number, mebibytes?: number): { readonly maxYoungGenerationSizeMb: number; readonly maxOldGenerationSizeMb: number } {
  const share = shareOf(among, mebibytes);
  return { maxYoungGenerationSizeMb: youngFor(members, share), maxOldGenerationSizeMb: Math.max(512, Math.floor(share)) };
}

/** The same for a process that plays alone on one core, as options of Node.js; the young generation has two halves, and a spare third. */
export function oneCoreFor(members: number): readonly string[] {
  const share = shareOf();
  return ["--single-threaded-gc", BEGINNING, `--max-semi-space-size=${Math.floor(youngFor(members, share) / 3)}`, `--max-old-space-size=${Math.floor(share)}`];
}
