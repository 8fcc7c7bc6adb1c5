/** The group as one member sees it: a persistent trie of records, with counts, digests, shuffled passes and differences. */

export { emptyView, type View } from "./trie.ts";
export { membersOf, viewOf } from "./build.ts";
export { find, put, remove } from "./put.ts";
export { areCompatible, bytesOf, deadAt, deadIn, livingAt, livingIn, sizeOf } from "./count.ts";
export { digestOf, digestText, rosterOf, rosterOfIds, sameDigest, type Digest } from "./digest.ts";
export { nextLiving, startWalk, type Walk } from "./walk.ts";
export { differences, differencesWithin, type Difference, type DifferenceWithin } from "./differences.ts";
export { union } from "./union.ts";
export { digestsOf, partsAt, partsOf } from "./parts.ts";
