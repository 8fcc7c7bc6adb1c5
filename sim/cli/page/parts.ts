/** The textual parts of a page: expectations, disruptions, times, and how to play it again. */

import { quoted } from "../bug.ts";
import { escape } from "../markup/mark.ts";
import type { TimeMetric } from "../../measure/time-metric.ts";
import { letter } from "../report/chart.ts";
import type { Document } from "../report/index.ts";
import { clockFor, count, length, NONE, range, reading, seconds } from "../report/wording.ts";
import { folded, tableHtml } from "./figure.ts";

/** Where results come from. */
export type Provenance = {
  /** How the program was started. */
  readonly program: string;
  readonly version: string;
  /** The scenario's file as the user named it, and self-contained YAML of exactly this scenario. */
  readonly file: string;
  readonly source: string;
  readonly seed: string;
  /** The command line. */
  readonly command: string;
};

/** The `--set` options of a command line, as written. */
const changesIn = (command: string): string => [...command.matchAll(/ --set[ =](?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g)].map(([change]) => change).join("");

const SIGN = { pass: "✓ held", fail: "✗ failed", unknown: "? unknown" } as const;

export function expectationSection({ expectations }: Document): string {
  const rows = expectations.map(({ text, verdict, why }) =>
    `<tr><th scope="row"><code>${escape(text)}</code></th><td class="${verdict === "fail" ? "miss" : verdict}">${SIGN[verdict]}</td><td class="why">${escape(why)}</td></tr>`);
  const table = `<div class="wide" role="region" tabindex="0" aria-label="Expectations"><table><thead><tr><th scope="col">expected</th><th scope="col">verdict</th><th scope="col">why</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
  return `<section id="expectations"><h2>Expectations</h2>${rows.length === 0 ? "<p>The scenario has no expectations.</p>" : table}</section>`;
}

export function disruptionSection({ disruptions, durationSeconds }: Document): string {
  if (disruptions.length === 0) return "";
  const clock = clockFor(durationSeconds);
  const rows = disruptions.map(({ at, lastAt, kind, times, members, convergence }, n) => [
    letter(n) || NONE,
    `${at === lastAt ? reading(at, clock) : `${reading(at, clock)}–${reading(lastAt, clock)}`} ${clock.unit}`,
    kind, count(times), shortened(members),
    ...(convergence === null ? [NONE, NONE, NONE, NONE] : [seconds(convergence.p50), seconds(convergence.p99), seconds(convergence.max), count(convergence.censored)]),
  ]);
  const head = ["letter", "at", "what", "times", "whom, the first time", "agreed again, median", "p99", "max", "censored"];
  return `<h3>Disruptions, and the time until all views were true again</h3>${tableHtml({ head, rows }, "Disruptions")}`;
}

/** The most members that are named. */
const NAMED = 6;

const shortened = (members: readonly string[]): string =>
  members.length === 0 ? NONE : `${members.slice(0, NAMED).join(" ")}${members.length > NAMED ? ` and ${count(members.length - NAMED)} more` : ""}`;

export function timeSection({ metrics }: Document): string {
  const named: readonly (readonly [string, TimeMetric])[] = [
    ["first suspicion", metrics.firstSuspicion], ["first detection", metrics.firstDetection], ["full dissemination", metrics.fullDissemination], ["convergence", metrics.convergence],
    ["block: suspicion", metrics.blocks.firstSuspicion], ["block: detection", metrics.blocks.firstDetection], ["block: dissemination", metrics.blocks.fullDissemination],
    ["broadcast delivery", metrics.broadcastDelivery], ["update dissemination", metrics.updateDissemination],
  ];
  const rows = named.filter(([, { n }]) => n > 0).map(([name, { n, p50, p90, p99, max, censored, ci95 }]) =>
    [name, count(n), seconds(p50), range(ci95.p50, length), seconds(p90), range(ci95.p90, length), seconds(p99), range(ci95.p99, length), seconds(max), count(censored)]);
  if (rows.length === 0) return "";
  return `<h3>Times</h3>${tableHtml({ head: ["time until", "n", "p50", "95 % interval", "p90", "95 % interval", "p99", "95 % interval", "max", "censored"], rows }, "Times")}`;
}

/** `isReal`: real members played, so the timing and randomness of their machine cannot be repeated. */
export function playAgainSection({ program, file, source, command, version }: Provenance, isReal: boolean, { seed, scenarioHash, traceHash, verdict }: Document): string {
  const run = `${quoted(file)}${changesIn(command)} --seed ${JSON.stringify(seed)} --run 0`;
  return `<section id="play-again"><h2>Reproduce</h2>
<p>The same command, with swimlab ${escape(version)}, ${isReal ? "runs real members again, and machine and chance make the figures differ" : "gives the same figures on any machine"}:</p>
<pre tabindex="0">${escape(command)}</pre>
<p>One run${isReal ? " in the simulated world, with the same scenario and seed," : ""} as a trace that Perfetto opens, and as a picture:</p>
<pre tabindex="0">${escape(program)} trace export perfetto ${escape(run)} --out run0.json
${escape(program)} trace export svg ${escape(run)} --from 10s --to 12s --out run0.svg</pre>
<p><code>seed=${escape(seed)} scenario=${scenarioHash} trace=${traceHash} verdict=${verdict}</code></p>
${folded("The scenario, by itself", `<pre tabindex="0">${escape(source)}</pre>`)}</section>`;
}
