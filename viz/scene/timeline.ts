/** The time line: faults as bands, outages and disruptions as marks, agreement and load as curves, and the cursor over all. */

import { area, line, scaleLinear } from "d3";
import { NEVER } from "../../engine/index.ts";
import type { RunFacts } from "../model/run.ts";
import { announcementKinds, verdicts } from "../model/words.ts";
import { round } from "./layout.ts";
import type { Mark } from "./mark.ts";
import type { SceneOf } from "./ui.ts";

const [TOP, BOTTOM, SIDE] = [22, 18, 12];

export const timelineScene: SceneOf<RunFacts> = (facts, { width, height }, ui) => {
  const x = scaleLinear([ui.span.from, ui.span.to], [SIDE, width - SIDE]);
  const at = (instant: number): number => round(Math.max(SIDE, Math.min(width - SIDE, x(Math.min(instant, ui.span.to)))));
  const low = height - BOTTOM;
  const marks: Mark[] = [{ kind: "rect", look: "timeline-ground", x: SIDE, y: TOP, width: round(width - 2 * SIDE), height: low - TOP }];
  for (const { kind, since, until } of facts.faults) {
    if (since > ui.span.to || until < ui.span.from) continue;
    const end = until === NEVER ? ui.span.to : until;
    marks.push({ kind: "rect", look: `fault-band ${kind}`, x: at(since), y: TOP, width: round(Math.max(1, at(end) - at(since))), height: low - TOP, title: kind });
    marks.push({ kind: "text", look: "fault-name", x: at(since) + 3, y: TOP + 10, text: kind, anchor: "start" });
  }
  marks.push(...curveMarks(facts, x, TOP, low), ...(ui.beside === null ? [] : curveMarks(ui.beside, x, TOP, low).slice(1).map((mark) => ({ ...mark, look: `${mark.look} beside` }))), ...announcementMarks(facts, at, low, ui.span));
  for (const { at: when, action, line, members } of facts.disruptions) {
    if (when < ui.span.from || when > ui.span.to) continue;
    marks.push({ kind: "glyph", glyph: "flag", look: `disruption ${action}`, x: at(when), y: TOP - 8, size: 6, hit: { kind: "line", line, at: when }, title: `${action} (${members.length})` });
  }
  for (const tick of x.ticks(Math.max(2, Math.floor(width / 110)))) {
    marks.push({ kind: "line", look: "tick", x1: at(tick), y1: low, x2: at(tick), y2: low + 4 });
    marks.push({ kind: "text", look: "tick-label", x: at(tick), y: low + 14, text: `${round(tick / 1e6)} s`, anchor: "middle" });
  }
  if (ui.difference !== null && ui.difference >= ui.span.from && ui.difference <= ui.span.to) {
    marks.push({ kind: "line", look: "difference", x1: at(ui.difference), y1: 4, x2: at(ui.difference), y2: low, hit: { kind: "instant", at: ui.difference }, title: "here the two runs part ways" });
    marks.push({ kind: "text", look: "difference-label", x: at(ui.difference) + 4, y: 12, text: "first difference", anchor: "start" });
  }
  marks.push({ kind: "line", look: "cursor", x1: at(ui.at), y1: 4, x2: at(ui.at), y2: low + 4 });
  return marks;
};

function curveMarks({ curves }: RunFacts, x: (at: number) => number, top: number, low: number): readonly Mark[] {
  const inside = Array.from(curves.agreement, (share, part) => [curves.begins + (part + 0.5) * curves.part, share] as const);
  const [from, to] = [x(0), low];
  const y = (share: number): number => round(low - share * (low - top - 4));
  const most = Math.max(1, ...curves.messages);
  const load = area<readonly [number, number]>().x(([at]) => round(x(at))).y0(to).y1(([, count]) => round(low - (count / most) * 0.45 * (low - top)));
  const loads = Array.from(curves.messages, (count, part) => [curves.begins + (part + 0.5) * curves.part, count] as const);
  const agreement = line<readonly [number, number]>().x(([at]) => round(x(at))).y(([, share]) => y(share));
  if (Number.isNaN(from)) return [];
  return [
    { kind: "path", look: "load-curve", d: load(loads) ?? "" },
    { kind: "path", look: "agreement-curve", d: agreement(inside) ?? "" },
  ];
}

/** Deaths announced wrongly, a mark each; of many at one pixel, one. */
function announcementMarks({ announcements }: RunFacts, at: (instant: number) => number, low: number, span: { readonly from: number; readonly to: number }): readonly Mark[] {
  const failed = announcementKinds.indexOf("failed");
  const suspected = announcementKinds.indexOf("suspected");
  const seen = new Set<string>();
  const marks: Mark[] = [];
  for (let place = 0; place < announcements.count; place++) {
    const kind = announcements.kind[place]!;
    const when = announcements.at[place]!;
    if ((kind !== failed && kind !== suspected) || when < span.from || when > span.to) continue;
    const verdict = verdicts[announcements.verdict[place]!] ?? "none";
    const look = kind === suspected ? "announced suspected" : `announced failed ${verdict}`;
    const key = `${Math.round(at(when))} ${look}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const y = low - (kind === suspected ? 5 : verdict === "right" ? 12 : 19);
    marks.push({ kind: "glyph", glyph: kind === suspected ? "triangle" : verdict === "right" ? "cross" : "star", look, x: at(when), y, size: 3.5, hit: { kind: "line", line: announcements.line[place]!, at: when } });
  }
  return marks;
}
