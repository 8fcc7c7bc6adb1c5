/** Judges expectations: pass or fail where the data decide, unknown where they do not. */

import { impossible } from "../../engine/index.ts";
import type { Expectation } from "../scenario/model.ts";

/** All expectations held; one failed; or none failed, but the data do not decide one. */
export type Verdict = "pass" | "fail" | "unknown";

/** An expectation, judged. */
export type Judgement = {
  /** As the scenario wrote it. */
  readonly text: string;
  readonly path: readonly (string | number)[];
  /** The figure in question, as the report shows it; null if it was not measured or not reached. */
  readonly value: number | null;
  readonly verdict: Verdict;
  /** For people: what was measured, or why there is no verdict. */
  readonly why: string;
};

/** The part of a report that expectations refer to: plain data, found by path. */
export type Figures = {
  readonly metrics: object;
  readonly disruptions: readonly { readonly entry: number | null; readonly kind: string }[];
};

type Finding = Pick<Judgement, "value" | "verdict" | "why">;

/**
 * Judges an expectation. If observations were censored, the figure is computed twice: as if each had ended when we stopped
 * watching, and as if none ever ended. If both agree, the verdict is clear; if not, it is unknown.
 *
 * `disruptions[i]` refers to everything that entry i of the timeline caused, for example a partition and its healing: each
 * must be as expected, and the value is that of the one that decides.
 */
export function judge(expectation: Expectation, figures: Figures): Judgement {
  const { text, path } = expectation;
  const findings = path[0] === "disruptions" ? ofEntry(expectation, figures) : [find(expectation, follow(figures.metrics, path.slice(0, -1)))];
  const worst = overall(findings);
  const { value, verdict, why } = findings.findLast((finding) => finding.verdict === worst) ?? UNEXERCISED;
  return { text, path, value, verdict, why };
}

const UNEXERCISED: Finding = { value: null, verdict: "unknown", why: "never exercised: nothing happened that it speaks of" };

function ofEntry(expectation: Expectation, { disruptions }: Figures): readonly Finding[] {
  const [, entry, ...rest] = expectation.path;
  return disruptions
    .filter((disruption) => disruption.entry === entry && field(disruption, rest[0] ?? "") !== null)
    .map((disruption) => {
      const finding = find(expectation, follow(disruption, rest.slice(0, -1)));
      return { ...finding, why: `${disruption.kind}: ${finding.why}` };
    });
}

/** The verdict on the figure that this object has under the last name of the path. */
function find(expectation: Expectation, holder: unknown): Finding {
  const name = expectation.path.at(-1) ?? "";
  if (isUnexercised(holder, name)) return UNEXERCISED;
  const value = numberAt(holder, name);
  const [least, greatest] = extremes(holder, name, value);
  if (least === null) return { value, verdict: "unknown", why: field(holder, name) === null ? "could not be measured" : "the report has no such figure" };
  return { value, verdict: compare(expectation, least, greatest ?? Infinity), why: describe(holder, name, value, least, greatest) };
}

/** One failure fails the whole; otherwise one unknown makes it unknown. Without expectations it passes. */
export function overall(judgements: readonly { readonly verdict: Verdict }[]): Verdict {
  if (judgements.some(({ verdict }) => verdict === "fail")) return "fail";
  return judgements.some(({ verdict }) => verdict === "unknown") ? "unknown" : "pass";
}

/** The process's exit code: 0 every expectation held, 1 one failed, 2 unknown. */
export function exitCode(verdict: Verdict): 0 | 1 | 2 {
  switch (verdict) {
    case "pass":    return 0;
    case "fail":    return 1;
    case "unknown": return 2;
    default:        return impossible(verdict);
  }
}

/** Compares a figure that lies somewhere between these two. */
function compare({ is, value }: Expectation, least: number, greatest: number): Verdict {
  const both = (one: boolean, other: boolean): Verdict => (one !== other ? "unknown" : one ? "pass" : "fail");
  switch (is) {
    case "<":  return both(least < value, greatest < value);
    case "<=": return both(least <= value, greatest <= value);
    case ">":  return both(least > value, greatest > value);
    case ">=": return both(least >= value, greatest >= value);
    case "==": return value < least || value > greatest ? "fail" : least === greatest ? "pass" : "unknown";
    case "!=": return value < least || value > greatest ? "pass" : least === greatest ? "fail" : "unknown";
    default:   return impossible(is);
  }
}

/** What was measured, in a few words; and if censoring leaves it open, the limits. */
function describe(holder: unknown, name: string | number, value: number | null, least: number, greatest: number | null): string {
  // In a time metric, only the figures with bounds are lengths; the others are counts.
  const unit = field(field(holder, "bounds"), name) === undefined ? "" : ` ${field(holder, "unit")}`;
  const inUnit = (x: number): string => `${x}${unit}`;
  const measured = value === null ? "not reached" : `measured ${inUnit(value)}`;
  const breach = field(holder, "breach");
  if (typeof breach === "string") return `${measured}: ${breach}`;
  if (least === greatest) return measured;
  const range = greatest === null ? `${inUnit(least)} or more` : `${inUnit(least)} to ${inUnit(greatest)}`;
  return `${measured}; counting the ${field(holder, "censored")} of ${field(holder, "n")} censored: ${range}`;
}

/** In a time metric, every figure except the number of observations needs at least one observation. */
const isUnexercised = (holder: unknown, name: string | number): boolean => field(holder, "n") === 0 && name !== "n";

/** The two values between which the figure lies. The second is null if there is no upper limit, the first if nothing is known. */
function extremes(holder: unknown, name: string | number, value: number | null): readonly [number | null, number | null] {
  const bounds = field(field(holder, "bounds"), name);
  return bounds === undefined ? [value, value] : [numberAt(bounds, 0), numberAt(bounds, 1)];
}

const follow = (from: unknown, path: readonly (string | number)[]): unknown => path.reduce(field, from);

function numberAt(holder: unknown, name: string | number): number | null {
  const found = field(holder, name);
  return typeof found === "number" ? found : null;
}

/** The value that an object or an array has under this name; undefined if there is none, or it is neither. */
function field(holder: unknown, name: string | number): unknown {
  return typeof holder === "object" && holder !== null && Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined;
}
