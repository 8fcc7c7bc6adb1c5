/** Expectations: the lines of `expect:`, and all figures that they may use. */

import { announcementKinds } from "../../measure/announcement.ts";
import { fateFigures } from "../../measure/fates.ts";
import { oracles } from "../../oracle/index.ts";
import { changesTruth, type Expectation } from "../model.ts";
import { nearest, partSuggestion, suggestion } from "../nearest.ts";
import { readLength, show } from "../quantity.ts";
import type { ActionName } from "../schema/timeline.ts";
import type { Path, Report } from "../trouble.ts";

/** Is a figure a length, compared in seconds, or a plain number? */
type Measure = "length" | "number";

const spread: readonly (readonly [string, Measure])[] = [
  ["n", "number"], ["p50", "length"], ["p90", "length"], ["p99", "length"], ["max", "length"], ["censored", "number"],
];
const spreadOf = (name: string): readonly (readonly [string, Measure])[] => spread.map(([figure, measure]) => [`${name}.${figure}`, measure]);

/** Every figure under `metrics` in a report: docs/reading-a-report.md. */
const metrics: ReadonlyMap<string, Measure> = new Map([
  ...spreadOf("firstSuspicion"),
  ...spreadOf("firstDetection"),
  ...spreadOf("fullDissemination"),
  ...spreadOf("convergence"),
  ...spreadOf("broadcastDelivery"),
  ...spreadOf("updateDissemination"),
  ...["broadcasts", "updates"].flatMap((name): readonly (readonly [string, Measure])[] => [
    [`${name}.count`, "number"], [`${name}.reach`, "number"], ...spreadOf(`${name}.to50`), ...spreadOf(`${name}.to90`), ...spreadOf(`${name}.to99`),
  ]),
  ...spreadOf("blocks.firstSuspicion"),
  ...spreadOf("blocks.firstDetection"),
  ...spreadOf("blocks.fullDissemination"),
  ["falsePositives.count", "number"],
  ["falsePositives.atHealthy", "number"],
  ["falsePositives.ofHealthy", "number"],
  ["falsePositives.healthyOfHealthy", "number"],
  ["falsePositives.perMemberHour", "number"],
  ["falsePositives.victims", "number"],
  ["falsePositives.falseDeathSeconds", "length"],
  ["partitionEvictions.count", "number"],
  ["suspicions", "number"],
  ["refutations", "number"],
  ["load.datagramsPerMemberSecond", "number"],
  ["load.bytesPerMemberSecond", "number"],
  ["load.streamsPerMemberSecond", "number"],
  ...fateFigures.map((figure): readonly [string, Measure] => [`fates.${figure}`, "number"]),
  ["health.mean", "number"],
  ["health.max", "number"],
  ...announcementKinds.flatMap((kind): readonly (readonly [string, Measure])[] => [
    [`announcements.${kind}.count`, "number"], [`announcements.${kind}.perMemberHour`, "number"],
  ]),
  ...oracles.flatMap(({ name }): readonly (readonly [string, Measure])[] => [[`oracles.${name}.n`, "number"], [`oracles.${name}.broken`, "number"]]),
]);

/** What may follow `disruptions[i].`. */
const ofDisruption: ReadonlyMap<string, Measure> = new Map(spreadOf("convergence"));

const operators = ["<", "<=", ">", ">=", "==", "!="] as const;
type Operator = (typeof operators)[number];
/** Other common spellings of the operators. */
const otherwise: ReadonlyMap<string, Operator> = new Map([
  ["=", "=="], ["===", "=="], ["=<", "<="], ["≤", "<="], ["=>", ">="], ["≥", ">="], ["<>", "!="], ["!==", "!="], ["=!", "!="], ["≠", "!="],
]);

const line = /^(\s*)([^\s<>=!≤≥≠]+)(\s*)([<>=!≤≥≠]+)(\s*)(\S.*?)\s*$/;


/** The action of each entry of the timeline; undefined where an entry is itself wrong. */
type Actions = readonly (ActionName | undefined)[];

/** One line: a comparison, or an oracle's name, which expects that it is never violated. Undefined after a mistake, which has been reported by then. */
export function expectationOf(text: string, path: Path, actions: Actions, report: Report): Expectation | undefined {
  const found = line.exec(text);
  if (found === null && oracles.some(({ name }) => name === text.trim())) return { text: text.trim(), path: ["oracles", text.trim(), "broken"], is: "==", value: 0 };
  if (found === null) {
    report(path, `${show(text)} is not an expectation: ${meant(text.trim())}`);
    return undefined;
  }
  const [, lead = "", figure = "", gap = "", sign = "", space = "", value = ""] = found;
  const signAt = lead.length + figure.length + gap.length;
  const measure = measureOf(figure, actions, (message) => report(path, message, lead.length));
  const is = operators.find((operator) => operator === sign);
  if (is === undefined) report(path, `unknown comparison "${sign}": ${signHint(sign)}`, signAt);
  if (measure === undefined) return undefined;
  const number = valueOf(value, measure, (message) => report(path, message, signAt + sign.length + space.length));
  if (is === undefined || number === undefined) return undefined;
  return { text: text.trim(), path: figure.split(/[.[\]]+/).map((part) => (/^\d+$/.test(part) ? Number(part) : part)), is, value: number };
}

/** A word by itself may be an oracle's name. */
function meant(written: string): string {
  const comparison = "write a figure, a comparison and a value, such as convergence.p99 < 30s";
  if (/[.\s]/.test(written)) return comparison;
  const near = nearest(written, oracles.map(({ name }) => name));
  return near === undefined ? `${comparison}, or the name of an oracle, such as agreement` : `did you mean "${near}"?`;
}

type Say = (message: string) => void;

function measureOf(figure: string, actions: Actions, say: Say): Measure | undefined {
  const [, index, rest = ""] = /^disruptions\[(\d+)\]\.(.*)$/.exec(figure) ?? [];
  if (index === undefined) {
    const known = metrics.get(figure);
    const candidates = figure.startsWith("disruptions") ? ["disruptions[0].convergence.max"] : [...metrics.keys()];
    if (known === undefined) say(`unknown figure "${figure}": ${partSuggestion(figure, candidates)}`);
    return known;
  }
  const entry = Number(index);
  if (entry >= actions.length) {
    const there = actions.length === 0 ? "there is no timeline" : `the timeline's entries are [0]${actions.length > 1 ? ` to [${actions.length - 1}]` : " alone"}`;
    say(`disruptions[${entry}] does not exist: ${there}`);
    return undefined;
  }
  const action = actions[entry];
  if (action !== undefined && !changesTruth(action)) {
    say(`disruptions[${entry}] is ${/^[aeiou]/.test(action) ? "an" : "a"} ${action}, which does not change the truth: nothing converges after it`);
    return undefined;
  }
  const known = ofDisruption.get(rest);
  const candidates = [...ofDisruption.keys()].map((name) => `disruptions[${entry}].${name}`);
  if (known === undefined) say(`unknown figure "${figure}": ${suggestion(figure, candidates)}`);
  return known;
}

const signHint = (sign: string): string => (otherwise.has(sign) ? `did you mean "${otherwise.get(sign)}"?` : `choose one of ${operators.join(" ")}`);

/** The value of a comparison, in seconds if it is a length. */
function valueOf(text: string, measure: Measure, say: Say): number | undefined {
  if (measure === "length") {
    const length = readLength(/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
    if (length.ok) return length.value / 1_000_000;
    say(length.why);
    return undefined;
  }
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return Number(text);
  say(`${show(text)} is not a number: this figure has no unit`);
  return undefined;
}
