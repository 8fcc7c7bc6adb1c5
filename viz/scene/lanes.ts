/** Space and time: a lane for each member, messages from their sending to their arrival, and announcements. */

import { scaleLinear, type ScaleLinear } from "d3";
import { NEVER } from "../../engine/index.ts";
import { faultNames } from "../model/fault.ts";
import type { LaneMessages, LanesPicture } from "../model/picture-lanes.ts";
import { announcementKinds, existences, statuses, verdicts } from "../model/words.ts";
import { glyphOfAnnouncement, glyphOfStatus } from "./glyphs.ts";
import { shortName } from "./label.ts";
import { legendHeight, legendMarks } from "./legend.ts";
import { round } from "./layout.ts";
import type { Mark } from "./mark.ts";
import { messageLook } from "./message-look.ts";
import { secondsTicks } from "./ticks.ts";
import type { SceneOf, SceneUi } from "./ui.ts";

/** Margins around the lanes, in pixels: for names, the text above, and the axis. */
export const LANES_AROUND = { left: 66, top: 34, bottom: 58, right: 18 } as const;
/** How many letters of a name fit to the left. */
const LETTERS = 10;
/** The least height of a lane for its name, and for single marks on it. */
const [NAMED, ROOMY] = [11, 4];
/** The rows of the legend. */
const LEGEND_ROWS = 2;
/** The part of its way for which a lost message is drawn. */
const LOST_AFTER = 0.6;

/** Positions: the axis of time, and the middle of each lane. */
type Plane = { readonly x: ScaleLinear<number, number>; readonly y: (lane: number) => number; readonly left: number; readonly right: number; readonly low: number; readonly high: number };

export const lanesScene: SceneOf<LanesPicture> = (picture, { width, height }, ui) => {
  const { left, top, bottom, right } = LANES_AROUND;
  const high = Math.max(1, (height - top - bottom) / Math.max(1, picture.lanes.length));
  const plane: Plane = {
    x: scaleLinear([ui.window.from, ui.window.to], [left, Math.max(left + 1, width - right)]),
    y: (lane) => round(top + (lane + 0.5) * high), left, right: width - right, low: height - bottom, high,
  };
  const marks: readonly Mark[] = [
    ...faultMarks(ui, plane), ...densityMarks(picture, plane), ...laneMarks(picture, plane, ui), ...stretchMarks(picture, plane),
    ...messageMarks(picture, plane, ui), ...announcementMarks(picture, plane, ui), ...axisMarks(picture, plane, ui, width),
  ];
  return [...marks, ...legendMarks(marks, { x: 8, y: height - legendHeight(LEGEND_ROWS), width: width - 16, rows: LEGEND_ROWS, hasTruth: ui.facts.hasTruth })];
};

const clamp = ({ x, left, right }: Plane, at: number): number => round(Math.max(left, Math.min(right, x(at))));
const isSeen = ({ window }: SceneUi, from: number, to: number): boolean => from <= window.to && to >= window.from;

function faultMarks(ui: SceneUi, plane: Plane): readonly Mark[] {
  return ui.facts.faults.filter(({ since, until }) => isSeen(ui, since, until)).flatMap(({ kind, since, until }): Mark[] => {
    const [x, end] = [clamp(plane, since), clamp(plane, until)];
    const y = LANES_AROUND.top;
    return [
      { kind: "rect", look: `fault-band ${kind}`, x, y, width: round(Math.max(1, end - x)), height: round(plane.low - y), title: until === NEVER ? faultNames[kind] : `${faultNames[kind]}, healed at ${round(until / 1e6)} s` },
      { kind: "text", look: "fault-name", x: x + 3, y: y - 4, text: faultNames[kind], anchor: "start" },
    ];
  });
}

function densityMarks({ density, from, to, lanes, binned }: LanesPicture, plane: Plane): readonly Mark[] {
  if (density === null) return [];
  const { columns, counts, tells, most } = density;
  // A cell with one message is visible, and doubling the messages always adds the same strength.
  const scale = 215 / Math.log2(1 + Math.max(1, most));
  const strength = Uint8Array.from(counts, (count) => (count === 0 ? 0 : 40 + Math.round(scale * Math.log2(1 + count))));
  const [x, y] = [round(plane.x(from)), LANES_AROUND.top];
  const each = binned === 1 ? "" : `${binned} members per lane; `;
  return [
    { kind: "cells", look: "density", x, y, width: round(plane.x(to) - plane.x(from)), height: round(plane.low - y), rows: lanes.length, columns, cells: tells, shade: null, strength, clip: { x: plane.left, width: round(plane.right - plane.left) } },
    { kind: "text", look: "note", x: plane.right, y: 12, text: `${each}too many messages for arrows: zoom in`, anchor: "end" },
  ];
}

function laneMarks({ lanes, binned }: LanesPicture, plane: Plane, ui: SceneUi): readonly Mark[] {
  const marks: Mark[] = [];
  // With very many lanes, only some have names.
  const every = Math.max(1, Math.ceil(NAMED / plane.high));
  lanes.forEach((who, lane) => {
    const y = plane.y(lane);
    const hit = { kind: "member", who } as const;
    const isSelected = ui.selected.member !== null && ui.selected.member >= who && ui.selected.member < who + binned;
    if (isSelected) marks.push({ kind: "rect", look: "lane selected", x: plane.left, y: round(y - plane.high / 2), width: round(plane.right - plane.left), height: round(Math.max(2, plane.high)) });
    if (plane.high >= ROOMY) marks.push({ kind: "line", look: `lane${isSelected ? " selected" : ""}`, x1: plane.left, y1: y, x2: plane.right, y2: y, hit });
    if (lane % every === 0) marks.push({ kind: "text", look: `axis-label${isSelected ? " selected" : ""}`, x: plane.left - 6, y: round(y + 4), text: shortName(ui.facts.members, who, LETTERS), anchor: "end", hit });
  });
  return marks;
}

function stretchMarks({ lanes, outages, beliefs }: LanesPicture, plane: Plane): readonly Mark[] {
  if (plane.high < 2) return [];
  const laneOf = new Map(Array.from(lanes, (who, lane) => [who, lane]));
  const lay = (since: number, until: number): readonly [number, number] => [clamp(plane, since), clamp(plane, until)];
  const thick = round(Math.min(14, plane.high * 0.7));
  return [
    ...beliefs.filter(({ code }) => code !== 1).flatMap(({ who, code, since, until }): Mark[] => {
      const [x, end] = lay(since, until);
      if (end <= x) return [];
      const word = statuses[code] ?? "unknown";
      return [{ kind: "rect", look: `lane-belief ${word}`, x, y: round(plane.y(laneOf.get(who) ?? 0) - thick / 2), width: round(end - x), height: thick, title: `holds it ${word}` }];
    }),
    ...outages.flatMap(({ who, code, since, until }): Mark[] => {
      const [x, end] = lay(since, until);
      if (end <= x) return [];
      const word = existences[code] ?? "absent";
      const y = plane.y(laneOf.get(who) ?? 0);
      const glyph = glyphOfStatus(word);
      return [
        { kind: "rect", look: `lane-outage ${word}`, x, y: round(y - thick / 2), width: round(end - x), height: thick, title: word },
        ...(glyph === undefined || plane.high < ROOMY ? [] : [{ kind: "glyph", look: `lane-glyph ${word}`, glyph, x: round(x + 7), y, size: round(Math.min(5, thick * 0.4)) } as const]),
      ];
    }),
  ];
}

/** All lines of one look are one mark: there may be thousands. */
function messageMarks({ messages, usual, binned }: LanesPicture, plane: Plane, ui: SceneUi): readonly Mark[] {
  const groups = new Map<string, { readonly points: number[]; readonly hits: number[] }>();
  const ends: Mark[] = [];
  for (let place = 0; place < messages.count; place++) {
    const arrow = arrowOf(messages, place, plane, usual);
    if (arrow === null) continue;
    const look = lookOf(messages, place, ui.selected.message);
    const group = groups.get(look) ?? { points: [], hits: [] };
    groups.set(look, group);
    group.points.push(...arrow.line);
    group.hits.push(messages.id[place]!);
    const [, , x, y] = arrow.line;
    if (arrow.isLost) ends.push({ kind: "glyph", glyph: "cross", look, x, y, size: 3.5, hit: { kind: "message", message: messages.id[place]! } });
  }
  const lines = [...groups].map(([look, { points, hits }]): Mark =>
    ({ kind: "lines", look, points: Float32Array.from(points), hits: Float64Array.from(hits), head: look.includes(" lost") || binned > 1 ? 0 : 5 }));
  // The selected message is above all others.
  return [...lines.toSorted((one, other) => Number(one.look.includes("selected")) - Number(other.look.includes("selected"))), ...ends];
}

const lookOf = ({ kind, carries, arrivesAt, id }: LaneMessages, place: number, selected: number | null): string =>
  messageLook(kind[place]!, carries[place]!, Number.isNaN(arrivesAt[place]!), selected === id[place]);

type Arrow = { readonly line: readonly [x1: number, y1: number, x2: number, y2: number]; readonly isLost: boolean };

/** From lane to lane, clipped to the window; null if it is completely outside. */
function arrowOf({ source, target, sentAt, arrivesAt }: LaneMessages, place: number, plane: Plane, usual: number): Arrow | null {
  const { left, right } = plane;
  const isLost = Number.isNaN(arrivesAt[place]!);
  const [x1, y1] = [plane.x(sentAt[place]!), plane.y(source[place]!)];
  const far = isLost ? LOST_AFTER : 1;
  const x2 = plane.x(isLost ? sentAt[place]! + usual * far : arrivesAt[place]!);
  const y2 = y1 + far * (plane.y(target[place]!) - y1);
  if (x2 < left || x1 > right) return null;
  const at = (x: number): number => y1 + (x2 === x1 ? 0 : (x - x1) / (x2 - x1)) * (y2 - y1);
  const [from, to] = [Math.max(left, x1), Math.min(right, x2)];
  return { line: [round(from), round(x1 < left ? at(left) : y1), round(to), round(x2 > right ? at(right) : y2)], isLost: isLost && x2 <= right };
}

function announcementMarks({ marks: said, lanes, subject }: LanesPicture, plane: Plane, ui: SceneUi): readonly Mark[] {
  const seen = new Set<string>();
  const marks: Mark[] = [];
  for (let place = 0; place < said.count; place++) {
    const at = said.at[place]!;
    if (!isSeen(ui, at, at)) continue;
    const [x, y] = [clamp(plane, at), plane.y(said.lane[place]!)];
    const word = announcementKinds[said.kind[place]!] ?? "updated";
    const verdict = verdicts[said.verdict[place]!] ?? "none";
    // Of several at one place, one is drawn.
    const key = `${Math.round(x)} ${Math.round(y)} ${word} ${verdict}`;
    const glyph = glyphOfAnnouncement(word, verdict);
    if (glyph === undefined || seen.has(key)) continue;
    seen.add(key);
    // If a member is selected, announcements about others are subdued.
    const isAside = subject !== null && said.about[place] !== subject;
    const who = ui.facts.members[lanes[said.lane[place]!]!]?.id ?? "";
    marks.push({
      kind: "glyph", look: `announced ${word}${verdict === "none" ? "" : ` ${verdict}`}`, glyph, x, y, ...(isAside ? { size: 3, opacity: 0.4 } : { size: 4.5 }), hit: { kind: "line", line: said.line[place]!, at },
      title: `${who} announced: ${word} ${ui.facts.members[said.about[place]!]?.id ?? ""}`.trimEnd(),
    });
  }
  return marks;
}

function axisMarks(picture: LanesPicture, plane: Plane, ui: SceneUi, width: number): readonly Mark[] {
  const marks: Mark[] = secondsTicks(plane.x, width / 110).flatMap(({ at, text }): Mark[] => [
    { kind: "line", look: "tick", x1: clamp(plane, at), y1: plane.low, x2: clamp(plane, at), y2: plane.low + 4 },
    { kind: "text", look: "tick-label", x: clamp(plane, at), y: plane.low + 16, text, anchor: "middle" },
  ]);
  for (const { at, action, line, members } of ui.facts.disruptions) {
    if (!isSeen(ui, at, at)) continue;
    marks.push({ kind: "glyph", glyph: "flag", look: `disruption ${action}`, x: clamp(plane, at), y: 24, size: 6, hit: { kind: "line", line, at }, title: `${action} (${members.length})` });
  }
  if (picture.subject !== null) marks.push({ kind: "text", look: "note", x: plane.left, y: 12, text: `what each member believes of ${ui.facts.members[picture.subject]?.id ?? ""}`, anchor: "start" });
  if (isSeen(ui, ui.at, ui.at)) marks.push({ kind: "line", look: "cursor", x1: clamp(plane, ui.at), y1: 4, x2: clamp(plane, ui.at), y2: plane.low + 4 });
  return marks;
}
