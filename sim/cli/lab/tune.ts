/** `tune`: searches settings for a scenario by successive halving, and recommends some, with the evidence. */

import { type Config, presets } from "../../../engine/index.ts";
import { comparePairs, type Pair, type Paired } from "../../measure/paired.ts";
import { type Manner, USUAL_CONFIDENCE } from "../../lab/estimate.ts";
import { figureOf, isLengthFigure } from "../../lab/figure.ts";
import { Gathered } from "../../lab/gather.ts";
import type { Row, Settings, TimeName } from "../../lab/model.ts";
import { compileCell, settingText } from "../../lab/plan.ts";
import { observationsIn } from "../../lab/row.ts";
import { costOf, FIRST_RUNS, ranked, roundsFor, type Standing, standingOf, survivors, whoGoesOn, type Wish } from "../../lab/tune/halving.ts";
import { type Bound, keeps, readBound } from "../../lab/tune/objective.ts";
import { frontOf } from "../../lab/tune/pareto.ts";
import { consulKnobs, drawPoint, type Knob, moreKnobs, pointOf, settingsAt } from "../../lab/tune/space.ts";
import { type Changes, type Experiment, readExperiment } from "../experiment.ts";
import { usualJobs } from "../orders.ts";
import { KeptFolder } from "../out/kept-folder.ts";
import { Effort } from "../play/effort.ts";
import { onInterrupt } from "../play/interrupt.ts";
import { progressFor } from "../play/progress.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { playJobs, playJobsHere } from "./crew.ts";
import type { Job } from "./player.ts";
import { tuningPageOf } from "../page/load.ts";
import { type Choice, tuningReport, type Tuning } from "./tuning-report.ts";

export type TuneOptions = Omit<Changes, "runs"> & {
  readonly objective: string;
  readonly subjectTo: readonly string[];
  readonly budget?: number;
  readonly evaluations?: number;
  readonly wide?: boolean;
  readonly jobs?: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
};

/** The default number of runs, if neither a number nor a time is given: enough for fifty candidates. */
const USUAL_EVALUATIONS = 600;
/** The smallest number with which three candidates go through all rounds. */
const LEAST_EVALUATIONS = 120;
/** Candidates that are played again after the search, with as many new runs as the last round had: the recommended one, and the scenario as it is. */
const AFRESH = 2;
/** The share of the given time that is planned: some settings cost more than those that were timed. */
const PLANNED = 0.6;

type Search = { readonly experiment: Experiment; readonly wish: Wish; readonly knobs: readonly Knob[]; readonly options: TuneOptions; readonly terminal: Terminal; readonly rows: Map<number, Row[]>; readonly interrupted: () => boolean };

/** Returns 0 if the recommendation certainly keeps every bound in runs that were not used to choose it, 2 if that is uncertain, 1 if nothing keeps them. */
export async function tune(file: string, options: TuneOptions, terminal: Terminal): Promise<number> {
  if (options.out === "") throw new Stop(exits.usage, "--out needs the name of a folder");
  if (options.budget !== undefined && options.evaluations !== undefined) throw new Stop(exits.usage, "--budget and --evaluations contradict each other: give a time, or a number of runs");
  const wish = wishOf(options);
  const experiment = readExperiment(file, { set: options.set, runs: 1, ...(options.seed === undefined ? {} : { seed: options.seed }) });
  const folder = options.out === undefined ? null : new KeptFolder(options.out, { ours: /^(?:tuning\.(?:json|txt)|report\.html)$/, foreign: "not a result of tune" });
  let isClosed = false;
  const deafen = onInterrupt(() => {
    isClosed = true;
    if (options.quiet !== true) terminal.remark("interrupted: no new run starts; Ctrl-C again stops at once");
  }, () => folder?.leave());
  try {
    const search: Search = { experiment, wish, knobs: options.wide === true ? [...consulKnobs, ...moreKnobs] : consulKnobs, options, terminal, rows: new Map(), interrupted: () => isClosed };
    const tuning = await searched(search);
    if (tuning === null) return exits.interrupted;
    const text = tuningReport(tuning);
    folder?.publish([{ name: "tuning.json", text: `${JSON.stringify(tuning, null, 2)}\n` }, { name: "tuning.txt", text }, await tuningPageOf(tuning, text)]);
    terminal.say(options.json === true ? `${JSON.stringify(tuning, null, 2)}\n` : text);
    return tuning.recommended === null ? 1 : tuning.afresh?.keeps.every(({ how }) => how === "sure") === true ? 0 : 2;
  } finally {
    deafen();
    folder?.leave();
  }
}

function wishOf({ objective, subjectTo }: TuneOptions): Wish {
  const known = figureOf(objective);
  if (!known.ok) throw new Stop(exits.usage, `--objective: ${known.why}`);
  const bounds = subjectTo.map((text): Bound => {
    const read = readBound(text);
    if (!read.ok) throw new Stop(exits.usage, `--subject-to: ${read.why}`);
    return read.bound;
  });
  const contrary = bounds.find((one) => bounds.some((other) => one.figure === other.figure && isContrary(one, other)));
  if (contrary !== undefined) throw new Stop(exits.usage, `--subject-to: no value satisfies all bounds on ${contrary.figure}: ${bounds.filter(({ figure }) => figure === contrary.figure).map(({ text }) => text).join(" and ")}`);
  const isLength = isLengthFigure(known.figure);
  return { objective: known.figure, bounds, trade: [isLength ? known.figure : "firstDetection.p50", "falsePositives.perMemberHour", "load.bytesPerMemberSecond"] };
}

/** Can no value satisfy both, the first as an upper and the second as a lower bound? */
const isContrary = (upper: Bound, lower: Bound): boolean =>
  upper.is.startsWith("<") && lower.is.startsWith(">") && (upper.value < lower.value || (upper.value === lower.value && (upper.is === "<" || lower.is === ">")));

async function searched(search: Search): Promise<Tuning | null> {
  const { experiment, wish, options, terminal } = search;
  const evaluations = options.evaluations ?? (await affordable(search));
  if (evaluations === null) return null;
  if (evaluations < LEAST_EVALUATIONS) throw new Stop(exits.usage, `${evaluations} runs are too few for a search: ${LEAST_EVALUATIONS} are needed${options.budget === undefined ? "" : ": give more time, or a smaller scenario"}`);
  const { candidates, runs } = roundsFor(evaluations);
  const total = costOf(candidates, runs);
  if (options.quiet !== true) terminal.remark(`${experiment.scenario.name}: seed=${experiment.scenario.seed} scenario=${experiment.hash}; ${candidates} candidates, ${total} runs; the same again: --evaluations ${evaluations}`);
  const whole = total + AFRESH * (runs.at(-1) ?? 0);
  const effort = new Effort(whole, whole);
  const progress = progressFor(effort, whole, options, terminal);
  const isOver = (): void => {
    effort.add(1);
    progress.draw();
  };
  let left: readonly number[] = Array.from({ length: candidates }, (_, nth) => nth);
  let standings: readonly Standing[] = [];
  const last = new Map<number, Standing>();
  const manner = mannerOf(search);
  try {
    for (const [round, upTo] of runs.entries()) {
      await playRound(search, left, upTo, isOver);
      if (search.interrupted()) return null;
      standings = left.map((nth) => standingOf({ nth, gathered: gatheredOf(search.rows.get(nth) ?? [], 0, upTo) }, wish, manner));
      for (const standing of standings) last.set(standing.nth, standing);
      if (round === 0) refuseUnseen(wish, standings);
      if (round < runs.length - 1 && left.length > survivors(left.length)) left = whoGoesOn(standings);
    }
    const best = keeper(standings);
    if (best !== null) await playRound(search, [...new Set([0, best.nth])], 2 * best.runs, isOver);
    if (search.interrupted()) return null;
  } finally {
    progress.takeAway();
  }
  return tuningOf(search, standings, [...last.values()].toSorted((one, other) => one.nth - other.nth), { evaluations, candidates, total });
}

const mannerOf = ({ experiment }: Search): Manner => ({ confidence: USUAL_CONFIDENCE, seed: experiment.scenario.seed });

/** The recommendation of the last round: the first in rank, if it keeps every bound and its objective is known. */
function keeper(standings: readonly Standing[]): Standing | null {
  const [best] = ranked(standings);
  return best === undefined || best.breach > 0 || best.objective === null ? null : best;
}

/** Throws a Stop if the first round did not measure a requested figure: no later round would. */
function refuseUnseen({ objective, bounds }: Wish, standings: readonly Standing[]): void {
  const unseen = [objective, ...bounds.map(({ figure }) => figure)].find((figure) => standings.every(({ estimates }) => estimates[figure]?.value === null && estimates[figure].n === 0));
  if (unseen === undefined) return;
  const runs = standings.reduce((sum, standing) => sum + standing.runs, 0);
  throw new Stop(exits.badData, `${unseen} was not measured once in ${runs} runs: nothing that it measures happens in this scenario`);
}

/** How many runs fit into the time: from timing the scenario as it is. */
async function affordable(search: Search): Promise<number | null> {
  const { options } = search;
  if (options.budget === undefined) return USUAL_EVALUATIONS;
  const began = performance.now();
  await playRound(search, [0], FIRST_RUNS, () => {});
  const seconds = (performance.now() - began) / 1_000;
  const runs = Math.floor((options.budget / (seconds / FIRST_RUNS)) * PLANNED);
  return search.interrupted() ? null : Math.max(0, runs - AFRESH * (roundsFor(runs).runs.at(-1) ?? 0));
}

function gatheredOf(rows: readonly Row[], from: number, to: number): Gathered {
  const gathered = new Gathered();
  for (let repetition = from; repetition < to; repetition++) {
    const row = rows[repetition];
    if (row !== undefined) gathered.add(row);
  }
  return gathered;
}

/** Candidate 0 is the scenario as it is; then memberlist's three presets; then random points. */
function settingsOf({ experiment, knobs }: Pick<Search, "experiment" | "knobs">, nth: number): Settings {
  const { config, seed } = experiment.scenario;
  if (nth === 0) return {};
  const preset = (["memberlist-lan", "memberlist-wan", "memberlist-local"] as const)[nth - 1];
  const base = pointOf(config);
  const point = preset === undefined ? drawPoint(seed, nth, base, knobs) : pointOf(presets[preset]);
  return settingsAt(point, config, knobs);
}

async function playRound(search: Search, candidates: readonly number[], upTo: number, isOver: () => void): Promise<void> {
  const { experiment, options, rows } = search;
  const jobs: Job[] = [];
  for (let repetition = 0; repetition < upTo; repetition++) {
    for (const nth of candidates) {
      if (rows.get(nth)?.[repetition] !== undefined) continue;
      jobs.push({ cell: nth, repetition, settings: Object.entries(settingsOf(search, nth)).map(([path, value]) => settingText(path, value)), seed: experiment.scenario.seed });
    }
  }
  if (jobs.length === 0) return;
  let place = 0;
  const plan = {
    source: experiment.source,
    next: () => (search.interrupted() ? null : jobs[place++] ?? null),
    isOver: (row: Row) => {
      const had = rows.get(row.cell) ?? [];
      had[row.repetition] = row;
      rows.set(row.cell, had);
      isOver();
    },
  };
  if (options.jobs === 1) await playJobsHere(plan);
  else await playJobs(plan, Math.min(options.jobs ?? usualJobs(jobs.length), jobs.length));
}

function tuningOf(search: Search, standings: readonly Standing[], all: readonly Standing[], cost: Tuning["cost"]): Tuning {
  const { experiment, wish, knobs } = search;
  const configOf = (nth: number): Config => {
    const compiled = compileCell(experiment.source, settingsOf(search, nth));
    return compiled.ok ? compiled.scenario.config : experiment.scenario.config;
  };
  const kept = ({ estimates }: Standing): Choice["keeps"] =>
    wish.bounds.map((bound) => ({ bound: bound.text, how: keeps(bound, estimates[bound.figure] ?? { value: null, low: null, high: null, n: 0, censored: 0 }) }));
  const choiceOf = (standing: Standing): Choice => ({ ...standing, settings: settingsOf(search, standing.nth), config: configOf(standing.nth), keeps: kept(standing) });
  const order = ranked(standings);
  const [best] = order;
  const asItIs = standings.find(({ nth }) => nth === 0);
  const recommended = keeper(standings);
  const again = recommended === null ? null : standingOf({ nth: recommended.nth, gathered: gatheredOf(search.rows.get(recommended.nth) ?? [], recommended.runs, 2 * recommended.runs) }, wish, mannerOf(search));
  const { name, seed, preset } = experiment.scenario;
  return {
    madeBy: "swimlab", kind: "tuning", version: version(), scenario: name, scenarioHash: experiment.hash, seed, preset, objective: wish.objective, bounds: wish.bounds.map(({ text }) => text), trade: wish.trade, knobs, cost,
    candidates: all.map(({ nth, runs, estimates }) => {
      const config = configOf(nth);
      return { nth, runs, estimates, values: Object.fromEntries(knobs.map((knob) => [knob, config[knob]])) };
    }),
    front: frontOf(order).map(choiceOf),
    recommended: recommended === null ? null : choiceOf(recommended),
    afresh: again === null ? null : { runs: again.runs, estimates: again.estimates, keeps: kept(again) },
    nearest: best === undefined ? null : choiceOf(best),
    asItIs: asItIs === undefined ? null : choiceOf(asItIs),
    against: best === undefined || best.nth === 0 ? [] : wish.trade.flatMap((figure) => againstItself(search, best, figure, recommended === null ? 0 : best.runs)),
  };
}

/** The difference between the best candidate and the scenario as it is, on the same seeds, in the runs from this one on. */
function againstItself({ rows }: Search, { nth }: Standing, figure: string, from: number): readonly { readonly figure: string; readonly paired: Paired }[] {
  const [mine, theirs] = [0, nth].map((each) => (rows.get(each) ?? []).slice(from)) as [Row[], Row[]];
  const pairs = mine.flatMap((row, i): Pair[] => {
    const other = theirs[i];
    const [a, b] = [runFigure(row, figure), other === undefined ? null : runFigure(other, figure)];
    return a === null || b === null ? [] : [[a, b]];
  });
  return pairs.length === 0 ? [] : [{ figure, paired: comparePairs(pairs) }];
}

function runFigure(row: Row, figure: string): Pair[0] | null {
  if (figure === "falsePositives.perMemberHour") return { seconds: row.counts.falsePositives / Math.max(1e-9, row.memberSeconds / 3600) };
  if (figure === "load.bytesPerMemberSecond") return { seconds: row.counts.bytes / Math.max(1e-9, row.memberSeconds) };
  const watched = observationsIn(row, figure.replace(/\.\w+$/, "") as TimeName);
  if (watched.length === 0) return null;
  const mean = watched.reduce((sum, each) => sum + ("seconds" in each ? each.seconds : each.censoredAfter), 0) / watched.length;
  return watched.some((each) => "censoredAfter" in each) ? { censoredAfter: mean } : { seconds: mean };
}
