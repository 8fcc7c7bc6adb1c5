/** Prints a comparison: a table of differences, and a sentence for each significant one. */

import type { Compared, Difference } from "../../lab/compare.ts";
import { LEVEL } from "../../lab/compare.ts";
import { table } from "../report/table.ts";
import { count, figure as shown, wrap } from "../report/wording.ts";

export type What = { readonly one: string; readonly other: string; readonly pairs: number; readonly cells: number };

const WIDTH = 100;

export function comparisonReport({ one, other, pairs, cells }: What, { differences, alike, verdict }: Compared): string {
  const believed = differences.filter(({ corrected }) => corrected <= LEVEL);
  const hasCells = cells > 1;
  const rows = differences.map((each) => [
    ...(hasCells ? [each.cell] : []), each.figure, mean(each.one, each.censoredEach[0]), mean(each.other, each.censoredEach[1]), signed(each.mean), each.ci95 === null ? "" : `[${signed(each.ci95[0])}; ${signed(each.ci95[1])}]`, each.unit,
    `${each.above}:${each.below}`, chance(each.p), chance(each.corrected),
  ]);
  return [
    `${one} → ${other}`,
    `${count(pairs)} pairs of runs on the same seeds${hasCells ? ` in ${count(cells)} cells` : ""}; differences are the second less the first`,
    "",
    ...(rows.length === 0 ? ["  no figure differs in any pair"] : table([[...(hasCells ? ["cell"] : []), "", "first", "second", "difference", "", "", "more:less", "p", "Holm"], ...rows], `${hasCells ? "l" : ""}lrrrllrrr`)),
    "",
    ...believed.flatMap((each) => wrap(sentence(each, one, other), WIDTH)),
    ...wrap(conclusion(believed.length, differences.length, alike, verdict), WIDTH),
    "",
  ].join("\n");
}

/** With censored observations the mean is a lower bound. */
const mean = (x: number, censored: number): string => `${censored > 0 ? "≥ " : ""}${shown(x)}`;

/** The words for an increase and for a decrease of each figure. */
const words: Readonly<Record<string, readonly [more: string, less: string]>> = {
  firstSuspicion: ["first suspicion comes later", "first suspicion comes sooner"],
  firstDetection: ["first detection comes later", "first detection comes sooner"],
  fullDissemination: ["full dissemination comes later", "full dissemination comes sooner"],
  convergence: ["convergence takes longer", "convergence is quicker"],
  broadcastDelivery: ["broadcasts arrive later", "broadcasts arrive sooner"],
  updateDissemination: ["updates arrive later", "updates arrive sooner"],
  "blocks.firstSuspicion": ["blocked members are suspected later", "blocked members are suspected sooner"],
  "blocks.firstDetection": ["blocked members are declared dead later", "blocked members are declared dead sooner"],
  "blocks.fullDissemination": ["all know later that blocked members are held dead", "all know sooner that blocked members are held dead"],
  falsePositives: ["there are more false positives", "there are fewer false positives"],
  falseDeathSeconds: ["members are held dead falsely for longer", "members are held dead falsely for less"],
  partitionEvictions: ["there are more evictions", "there are fewer evictions"],
  suspicions: ["there are more suspicions", "there are fewer suspicions"],
  refutations: ["there are more refutations", "there are fewer refutations"],
  datagrams: ["load in datagrams is higher", "load in datagrams is lower"],
  streams: ["load in streams is higher", "load in streams is lower"],
  bytes: ["load in bytes is higher", "load in bytes is lower"],
  health: ["health is worse", "health is better"],
  agreement: ["agreement is higher", "agreement is lower"],
};

function sentence(each: Difference, one: string, other: string): string {
  const isMore = each.mean === null ? each.above > each.below : each.mean > 0;
  const [more, less] = words[each.figure] ?? [`${each.figure} is more`, `${each.figure} is less`];
  const unit = each.unit === "points" || each.unit === "share" ? "" : ` ${each.unit}`;
  const by = each.mean === null ? "" : ` by ${shown(Math.abs(each.mean))}${unit}`;
  const proof = each.mean === null ? [`in ${isMore ? each.above : each.below} of ${each.pairs} pairs; ${each.censored} ${each.censored === 1 ? "was" : "were"} given up, so by how much is not known`] : each.ci95 === null ? [] : [`95 %: ${between(each.ci95)}`];
  const sure = each.corrected < 0.0001 ? "p < 0.0001 after Holm" : `p = ${chance(each.corrected)} after Holm`;
  const text = `${each.cell === "" ? "" : `with ${each.cell}, `}${isMore ? more : less}${by} with ${other} than with ${one} (${[...proof, sure].join("; ")}).`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const between = ([low, high]: readonly [number, number]): string => (low >= 0 || high <= 0 ? `${shown(Math.min(Math.abs(low), Math.abs(high)))} to ${shown(Math.max(Math.abs(low), Math.abs(high)))}` : `${signed(low)} to ${signed(high)}`);

function conclusion(believed: number, tested: number, alike: readonly string[], verdict: Compared["verdict"]): string {
  const same = alike.length === 0 ? "" : ` The same in every pair: ${alike.join(", ")}.`;
  if (verdict === "unknown") return `With so few pairs nothing could have been told from chance: ask for more runs.${same}`;
  if (verdict === "alike") return `Nothing tells the two apart beyond chance, at ${LEVEL * 100} %.${same}`;
  return `${believed} of ${tested} figures differ beyond chance, at ${LEVEL * 100} % for all of them together.${same}`;
}

const signed = (x: number | null): string => (x === null ? "–" : x > 0 ? `+${shown(x)}` : x < 0 ? `−${shown(-x)}` : "0");
const chance = (p: number): string => (p < 0.0001 ? "<0.0001" : p.toPrecision(2));
