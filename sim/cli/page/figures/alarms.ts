/** False positives over time: when, in all runs together, reachable running members were declared dead. */

import { rectY, ruleY } from "@observablehq/plot";
import { PARTS } from "../../../measure/curve.ts";
import { clockFor, count, figure, range, reading } from "../../report/wording.ts";
import type { Document } from "../../report/index.ts";
import { bandKeys, bandMarks } from "../bands.ts";
import { draw } from "../draw.ts";
import type { Figure } from "../figure.ts";
import type { Tally } from "../tally.ts";

export function alarmFigure({ metrics, durationSeconds, disruptions, memberHours }: Document, { falsePositives }: Tally): Figure {
  const { count: n, perMemberHour, dispersion, ci95, ofHealthy, victims } = metrics.falsePositives;
  const frame = { id: "false-positives", title: "False positives over time" };
  const rate = `${count(n)} in ${figure(memberHours)} member-hours: ${figure(perMemberHour)} per member-hour, 95 %${dispersion > 1 ? "" : " exact"} interval ${range(ci95, figure)}${dispersion > 1 ? `: they come in bursts, and vary ${figure(dispersion)} times as much from run to run as if each came by itself` : ""}.`;
  if (n === 0) return { ...frame, about: [`None. ${rate}`], picture: null };
  const clock = clockFor(durationSeconds);
  const edge = (part: number): number => ((part / PARTS) * durationSeconds) / clock.length;
  const bars = falsePositives.map((times, part) => ({ from: edge(part), to: edge(part + 1), times }));
  const worst = bars.reduce((most, bar) => (bar.times > most.times ? bar : most), { from: 0, to: 0, times: 0 });
  const svg = draw({
    x: { label: `time, ${clock.unit} →`, domain: [0, durationSeconds / clock.length] },
    y: { label: "↑ false positives", grid: true, ticks: 5, tickFormat: "~d", domain: [0, Math.max(worst.times, 4)] },
    marks: [
      ...bandMarks(disruptions, durationSeconds, clock),
      rectY(bars.filter(({ times }) => times > 0), { x1: "from", x2: "to", y: "times", fill: "var(--hue-1)", insetLeft: 0.5, insetRight: 0.5 }),
      ruleY([0], { stroke: "var(--faint)" }),
    ],
  }, `False positives over time, of all runs together: ${count(n)}, most of them (${count(worst.times)}) from ${reading(worst.from, { ...clock, length: 1 })} to ${reading(worst.to, { ...clock, length: 1 })} ${clock.unit}.`);
  return {
    ...frame,
    about: [
      `Announcements of death about members that ran, and that no scripted fault separated from the announcer. ${rate}`,
      `${count(victims)} members were victims; ${count(ofHealthy)} were about members that were never under a fault. Each bar is a ${PARTS}th of the run, of all runs together.`,
    ],
    picture: {
      svg,
      keys: [{ name: "false positives", shape: "cell", hue: "var(--hue-1)" }, ...bandKeys(disruptions)],
      table: {
        head: [`from, ${clock.unit}`, `to, ${clock.unit}`, "false positives"],
        rows: bars.filter(({ times }) => times > 0).map(({ from, to, times }) => [reading(from, { ...clock, length: 1 }), reading(to, { ...clock, length: 1 }), count(times)]),
      },
    },
  };
}
