/** Prints the result of a search: the front of the trade-off, the recommendation in three syntaxes, and the evidence. */

import type { Config } from "../../../engine/index.ts";
import type { Paired } from "../../measure/paired.ts";
import { isLengthFigure } from "../../lab/figure.ts";
import type { Estimate, Settings } from "../../lab/model.ts";
import type { Standing } from "../../lab/tune/halving.ts";
import { beyondConsul, beyondMemberlist, beyondProfile, consulHcl, consulJson, memberlistGo, nearestProfile, serfJson } from "../../lab/tune/syntax.ts";
import type { Knob } from "../../lab/tune/space.ts";
import { table } from "../report/table.ts";
import { count, figure as shown, length, range, wrap } from "../report/wording.ts";

/** A candidate that reached the last round. */
export type Choice = Standing & { readonly settings: Settings; readonly config: Config; readonly keeps: readonly { readonly bound: string; readonly how: "sure" | "likely" | "no" }[] };

/** Any candidate, after its last run: its tuned settings (lengths in microseconds), and the figures that decided. */
export type Candidate = Pick<Standing, "nth" | "runs" | "estimates"> & { readonly values: Readonly<Partial<Record<Knob, number>>> };

/** The contents of tuning.json. */
export type Tuning = {
  readonly madeBy: "swimlab";
  readonly kind: "tuning";
  readonly version: string;
  readonly scenario: string;
  readonly scenarioHash: string;
  readonly seed: string;
  readonly preset: string;
  readonly objective: string;
  readonly bounds: readonly string[];
  readonly trade: readonly string[];
  readonly knobs: readonly Knob[];
  readonly cost: { readonly evaluations: number; readonly candidates: number; readonly total: number };
  /** All candidates, by number. */
  readonly candidates: readonly Candidate[];
  /** Candidates of the last round that no other dominates. */
  readonly front: readonly Choice[];
  /** Null if nothing keeps the bounds. */
  readonly recommended: Choice | null;
  /** The recommendation, played equally often with new seeds: the best of many looks better in the runs that chose it than it is. Null if there is none. */
  readonly afresh: Pick<Choice, "runs" | "estimates" | "keeps"> | null;
  /** The first in rank, whether or not it keeps the bounds. */
  readonly nearest: Choice | null;
  readonly asItIs: Choice | null;
  /** The first in rank minus the scenario as it is, run by run: in the new runs, if there are any. */
  readonly against: readonly { readonly figure: string; readonly paired: Paired }[];
};

const WIDTH = 100;

export function tuningReport(tuning: Tuning): string {
  const { scenario, objective, bounds, cost, front, recommended, nearest, asItIs, trade, knobs, seed, scenarioHash } = tuning;
  return [
    `${scenario}: the least ${objective}${bounds.length === 0 ? "" : ` with ${bounds.join(" and ")}`}`,
    `${cost.candidates} candidates, ${count(cost.total)} runs, the best third going on from round to round, the same chance for all · seed ${seed}`,
    "",
    "THE TRADE  of those that came to the last round: none of these is better in one figure without being worse in another",
    ...table([
      ["", ...knobs.map((knob) => knob), ...trade.flatMap((name) => [name, ""]), "runs"],
      ...[...front, ...(asItIs === null || front.some(({ nth }) => nth === 0) ? [] : [asItIs])].map((choice) => [
        nameOf(choice, recommended), ...knobs.map((knob) => writtenSetting(choice, knob)), ...trade.flatMap((name) => told(name, choice.estimates[name])), count(choice.runs),
      ]),
    ], `l${"r".repeat(knobs.length)}${"rl".repeat(trade.length)}r`),
    "",
    ...(recommended === null ? noneKeeps(tuning, nearest) : recommendation(tuning, recommended)),
    `seed=${seed} scenario=${scenarioHash} evaluations=${cost.evaluations}`,
    "",
  ].join("\n");
}

const nameOf = ({ nth }: Choice, recommended: Choice | null): string =>
  [nth === recommended?.nth ? "→" : " ", nth === 0 ? "as it is" : nth <= 3 ? (["lan", "wan", "local"][nth - 1] ?? "") : ""].join(" ").trimEnd();

/** Is it a length of time? */
export const isLengthKnob = (knob: Knob): boolean => ["periodEvery", "askRelaysAfter", "gossipEvery", "syncEvery"].includes(knob);

/** As people write it: `780ms`. */
export function writtenSetting({ config }: Choice, knob: Knob): string {
  const value = config[knob];
  if (!isLengthKnob(knob)) return String(value);
  return value < 1_000_000 ? `${Math.round(value / 1000)}ms` : `${Number((value / 1_000_000).toPrecision(3))}s`;
}

function told(name: string, estimate: Estimate | undefined): readonly [string, string] {
  if (estimate === undefined || estimate.value === null) return ["–", ""];
  const isLength = isLengthFigure(name);
  const write = (x: number): string => (isLength ? length(x) : shown(x));
  return [`${write(estimate.value)}${isLength ? " s" : ""}`, estimate.low === null && estimate.high === null ? "" : `[${range([estimate.low, estimate.high], write)}]`];
}

function recommendation(tuning: Tuning, choice: Choice): readonly string[] {
  const { knobs, preset } = tuning;
  const { config } = choice;
  const isAsItIs = choice.nth === 0;
  const isMemberlists = preset.startsWith("memberlist") || preset === "serf";
  const [beyond, unsaid, otherwise] = [isMemberlists ? beyondMemberlist(config, preset) : [], beyondConsul(config, knobs, preset), beyondProfile(config)];
  return [
    isAsItIs ? "RECOMMENDED  the settings as they are: nothing that was tried does better" : "RECOMMENDED",
    ...evidence(tuning, choice).flatMap((line) => wrap(line, WIDTH - 2).map((part) => `  ${part}`)),
    "",
    `memberlist (Go)${beyond.length === 0 ? "" : `      which has no field for ${beyond.join(", ")}`}`, ...indented(memberlistGo(config, knobs, preset)), "",
    `Serf (JSON)      the agent takes memberlist's settings as a profile, of which ${nearestProfile(config)} is nearest; who embeds Serf sets the lines above on conf.MemberlistConfig`,
    ...(otherwise.length === 0 ? [] : wrap(`The profile ${nearestProfile(config)} has otherwise: ${otherwise.join(", ")}.`, WIDTH - 2).map((line) => `  ${line}`)),
    ...indented(serfJson(config)), "",
    `Consul (HCL, or JSON)${unsaid.length === 0 ? "" : `      which has no word for ${unsaid.join(", ")}`}`,
    ...indented(consulHcl(config, preset)), ...indented(consulJson(config, preset)), "",
    ...(preset.startsWith("memberlist") ? [] : wrap(`These were found with preset ${preset}, which does more than memberlist: for members that run memberlist, Serf or Consul, tune with --set preset=memberlist-lan.`, WIDTH)),
    "",
  ];
}

const indented = (text: string): readonly string[] => text.split("\n").map((line) => `  ${line}`);

function evidence({ against, afresh, objective, trade }: Tuning, choice: Choice): readonly string[] {
  const { runs, estimates, keeps } = afresh ?? choice;
  const figures = [...new Set([objective, ...trade])].map((name) => `${name}: ${told(name, estimates[name]).join(" ").trimEnd()}; in the search ${told(name, choice.estimates[name])[0]}`);
  const differences = choice.nth === 0 ? [] : against.map(({ figure, paired }) => difference(figure, paired));
  return [`Chosen by ${count(choice.runs)} runs; then played ${count(runs)} times with other seeds, which is what follows:`, ...figures, ...keeps.map(keeping), ...differences];
}

function keeping({ bound, how }: Choice["keeps"][number]): string {
  switch (how) {
    case "sure":   return `${bound}: kept, with the whole 95 % interval`;
    case "likely": return `${bound}: kept by the value, but the 95 % interval reaches beyond it: more runs would tell (--evaluations)`;
    case "no":     return `${bound}: not kept, though it was in the search: more runs would tell (--evaluations)`;
  }
}

function difference(figure: string, { n, mean, ci95, above, below, p }: Paired): string {
  const isLength = isLengthFigure(figure);
  const name = isLength ? `${figure.replace(/\.\w+$/, "")}, mean of a run` : figure;
  const unit = isLength ? " s" : "";
  const sign = (x: number): string => `${x < 0 ? "−" : "+"}${shown(Math.abs(x))}`;
  if (mean === null) return `${name}: more in ${above} and less in ${below} of ${n} runs than as it is; some were given up`;
  return `${name}: ${sign(mean)}${unit} against the settings as they are${ci95 === null ? "" : ` [${sign(ci95[0])}; ${sign(ci95[1])}]`}, run by run on the same chance (p ${p < 0.0001 ? "< 0.0001" : `= ${p.toPrecision(2)}`})`;
}

function noneKeeps({ bounds, objective }: Tuning, nearest: Choice | null): readonly string[] {
  if (bounds.length === 0) return [...wrap(`Of nothing that was tried is ${objective} known: too many were watched in vain. Let the scenario last longer, or name a figure that fewer decide, such as a lower percentile.`, WIDTH), ""];
  const broken = nearest?.keeps.filter(({ how }) => how === "no").map(({ bound }) => bound) ?? bounds;
  return [...wrap(`Nothing that was tried keeps ${broken.join(" and ")}. The nearest is ${nearest === null ? "unknown" : Object.entries(nearest.settings).map(([path, value]) => `${path}=${value}`).join(" ") || "the scenario as it is"}: loosen a bound, search wider (--wide), or longer.`, WIDTH), ""];
}
