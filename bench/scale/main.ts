/**
 * `npm run bench -- scale [NAME…]`: plays the scenarios of `scenarios/scale`, or some of them, one after another to the end: what each costs, and its results beside
 * theory. They take minutes each; a million members take several gigabytes. The tables are those of docs/scale.md.
 */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CALIBRATION } from "../calibration.ts";
import type { ScaleMeasurement } from "./measure.ts";
import { measureScale } from "./run.ts";

const folder = fileURLToPath(new URL("../../scenarios/scale", import.meta.url));
const known = readdirSync(folder).filter((file) => file.endsWith(".yaml")).map((file) => file.replace(/\.yaml$/, "")).toSorted();

/** The number of members in a scenario's text. */
const membersOf = (name: string): number => Number(/^members: (\d+)$/m.exec(readFileSync(`${folder}/${name}.yaml`, "utf8"))?.[1] ?? 0);

const seconds = (value: number | null): string => (value === null ? "not reached" : `${value.toFixed(2)} s`);

/** Seconds between two rounds of gossip. */
const BEAT = 0.2;

/** When the last of this many crashes is suspected, on average: the first probe of each comes after an exponential wait with a mean of one period, and takes another period to fail (docs/scale.md). */
const slowestOf = (crashes: number): number => 1 + Array.from({ length: crashes }, (_, k) => 1 / (k + 1)).reduce((sum, one) => sum + one, 0);

/** A scenario's table, as in docs/scale.md. */
function tableOf(name: string, it: ScaleMeasurement): string {
  const rows: readonly (readonly [string, string])[] = [
    ["hashes", `scenario=${it.scenarioHash} trace=${it.traceHash} verdict=${it.verdict}`],
    ["CPU", `${it.seconds.toFixed(0)} s; ${it.loops.toFixed(0)} calibration loops, which are ${((it.loops * CALIBRATION) / 1000).toFixed(0)} s where one takes ${CALIBRATION} ms`],
    ["of it births", `${it.birthLoops.toFixed(0)} loops`],
    ["a simulated second, median", `${it.loopsPerSimulatedSecond.toFixed(2)} loops: ${((it.loopsPerSimulatedSecond * CALIBRATION * 1000) / it.members).toFixed(1)} µs a member-second`],
    ["resident memory, at most", `${it.mebibytes.toFixed(0)} MiB: ${((it.mebibytes * 2 ** 20) / it.members / 1000).toFixed(1)} kB a member`],
    ["steps", `${it.events}: ${(it.events / it.members / it.simulatedSeconds).toFixed(2)} a member-second`],
    ["datagrams", `${it.datagrams}`],
    ["first suspicion, the last crash's", `${seconds(it.suspected)} (theory: ${slowestOf(it.crashes).toFixed(1)} s on average)`],
    ["declared dead", `${seconds(it.declared)} (theory: ${it.suspicionLasts.toFixed(1)} s after the suspicion)`],
    ["known to all", `${seconds(it.known)} (theory: at most ${((Math.log(it.members) / Math.log(4)) * BEAT).toFixed(1)} s later, or a beat more; each claim is told ${it.told} times)`],
    ["all agree, after the last disruption", seconds(it.converged)],
    ["false positives", `${it.falsePositives}`],
  ];
  return `## ${name}\n\n| | |\n|---|---|\n${rows.map(([what, value]) => `| ${what} | ${value} |`).join("\n")}\n`;
}

function main(wanted: readonly string[]): number {
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    process.stderr.write(`there is no scenario ${unknown} in scenarios/scale; there are: ${known.join(", ")}\n`);
    return 64;
  }
  for (const name of wanted.length === 0 ? known : wanted) {
    process.stderr.write(`${name}\n`);
    process.stdout.write(`${tableOf(name, measureScale({ file: `scenarios/scale/${name}.yaml` }, membersOf(name)))}\n`);
  }
  return 0;
}

process.exitCode = main(process.argv.slice(2));
