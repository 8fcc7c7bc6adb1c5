/** How much of the machine's memory those who play runs may use. */

import { totalmem } from "node:os";

const MEBIBYTE = 1_048_576;
/** Of the machine's memory, the share that all of them together may fill. */
const OURS = 0.8;

/** In mebibytes, for each of so many. */
const shareOf = (among = 1, mebibytes = totalmem() / MEBIBYTE): number => mebibytes * (OURS / Math.max(1, among));

/**
 * Room for what is young, in mebibytes. Nearly all that a step makes is forgotten after the next; but the last state of each member is in use when the young are
 * collected, and is copied, twice, in vain if it is no longer the last soon after. With room for several states of each, less is copied: two thousand that join
 * through one seed take 14 % less time with 768 MiB than with 192, four thousand settled a fifth less, 128 that are blocked again and again 6 % less than with 128;
 * more than 768 does no better there. Hundreds of thousands have more to keep.
 */
const young = { least: 128, eachMember: 3, usual: 768, membersToOne: 64, most: 1_536, share: 1 / 8 } as const;

/** For so many members, played by somebody who may use so many mebibytes: an eighth of that at most, if that is not less than the least. */
const youngFor = (members: number, share: number): number =>
  Math.floor(Math.max(young.least, Math.min(young.most, share * young.share, Math.max(Math.min(young.usual, members * young.eachMember), members / young.membersToOne))));

/**
 * What each half of what is young begins with, as an option of V8, which holds for heaps made from then on: among a thread's limits there is none for it. V8 begins with
 * one mebibyte and doubles it once more has survived than fits, which in a settled group takes minutes, and until then copies the last states of all members again
 * and again. More than this at once is room that a process takes whether it needs it or not, and beyond the processor's caches it is slower to fill. With it, settled
 * groups of 256 to 4,096 members take some four per cent less time, and so do those that join.
 */
export const BEGINNING = "--min-semi-space-size=32";

/** What one of so many threads may use, on a machine with so many mebibytes. Beyond it the thread ends, and can be told from a mistake of ours; without it, the process would. */
export function limitsFor(among: number, members: number, mebibytes?: number): { readonly maxYoungGenerationSizeMb: number; readonly maxOldGenerationSizeMb: number } {
  const share = shareOf(among, mebibytes);
  return { maxYoungGenerationSizeMb: youngFor(members, share), maxOldGenerationSizeMb: Math.max(512, Math.floor(share)) };
}

/** The same for a process that plays them alone on one core, as options of Node.js; what is young has two halves, and a third to spare. */
export function oneCoreFor(members: number): readonly string[] {
  const share = shareOf();
  return ["--single-threaded-gc", BEGINNING, `--max-semi-space-size=${Math.floor(youngFor(members, share) / 3)}`, `--max-old-space-size=${Math.floor(share)}`];
}
