/** The group: members at their places, what each is and is believed to be, walls between them, messages under way, and a legend. */

import type { GroupPicture, Traffic } from "../model/picture.ts";
import { existences, statuses } from "../model/words.ts";
import { crowdMarks } from "./crowd.ts";
import { glyphOfStatus } from "./glyphs.ts";
import { countLine, faultLines, headingMarks } from "./heading.ts";
import { shortName } from "./label.ts";
import { CROWD, type Layout, layoutOf, LETTERS, round } from "./layout.ts";
import { legendHeight, legendMarks } from "./legend.ts";
import type { Mark } from "./mark.ts";
import { messageMarks } from "./messages.ts";
import { OVERVIEW, overviewMarks } from "./overview.ts";
import type { SceneOf, SceneUi } from "./ui.ts";
import { wallMarks } from "./walls.ts";

/** The legend always has this many rows, so that the picture above does not jump. */
const LEGEND_ROWS = 3;
/** The most faults that are named. */
const FAULTS = 4;

/** The members' places in a picture of this size. */
export const groupLayout = (members: SceneUi["facts"]["members"], { width, height }: { readonly width: number; readonly height: number }, kind: SceneUi["layout"]): Layout =>
  layoutOf(members, { width, height: Math.max(80, height - legendHeight(LEGEND_ROWS)) }, kind);

export const groupScene: SceneOf<{ readonly group: GroupPicture; readonly traffic: Traffic | null }> = ({ group, traffic }, size, ui) => {
  if (group.count > OVERVIEW) {
    const cells = overviewMarks(group, ui.facts.members, { ...size, height: size.height - legendHeight(LEGEND_ROWS) }, ui);
    return [...cells, ...legendMarks(cells, { x: 8, y: size.height - legendHeight(LEGEND_ROWS), width: size.width - 16, rows: LEGEND_ROWS, hasTruth: ui.facts.hasTruth })];
  }
  const layout = groupLayout(ui.facts.members, size, ui.layout);
  const marks: readonly Mark[] = [
    ...wallMarks(group.faults, layout, ui),
    ...headingMarks([...(group.count > CROWD ? [countLine(group)] : []), ...faultLines(group.faults.filter(({ kind }) => kind !== "impair"), FAULTS)]),
    ...zoneMarks(layout),
    ...(traffic === null ? [] : messageMarks(traffic, layout, ui.at, ui.linger, ui.selected.message)),
    ...(group.count > CROWD ? crowdMarks(group, layout, ui) : memberMarks(group, layout, ui)),
  ];
  return [...marks, ...legendMarks(marks, { x: 8, y: size.height - legendHeight(LEGEND_ROWS), width: size.width - 16, rows: LEGEND_ROWS, hasTruth: ui.facts.hasTruth })];
};

/** The name of each zone, inside the circle of its members. */
const zoneMarks = ({ zones }: Layout): readonly Mark[] => zones.map(({ name, x, y }): Mark => ({ kind: "text", look: "zone-name", x, y, text: name, anchor: "middle" }));

function memberMarks(group: GroupPicture, { points, r, centre }: Layout, ui: SceneUi): readonly Mark[] {
  const marks: Mark[] = [];
  const isTruth = ui.observer === null;
  const usual = mostCommon(group.incarnation);
  const labels = r > 6 ? 1 : Math.ceil(13 / (2.6 * r));
  for (let who = 0; who < group.count; who++) {
    const [x, y] = [round(points[2 * who]!), round(points[2 * who + 1]!)];
    const existence = existences[group.existence[who]!] ?? "absent";
    const status = statuses[group.status[who]!] ?? "unknown";
    const word = isTruth ? existence : status;
    const hit = { kind: "member", who } as const;
    const isSelected = ui.selected.member === who;
    const extra = `${isSelected ? " selected" : ""}${ui.observer === who ? " observer" : ""}`;
    const name = ui.facts.members[who]?.id ?? "";
    marks.push({ kind: "circle", look: `member ${word}${extra}`, x, y, r, hit, title: `${name}: ${existence}${isTruth ? "" : `, held ${status}`}` });
    const glyph = glyphOfStatus(word);
    if (glyph !== undefined) marks.push({ kind: "glyph", look: `member-glyph ${word}`, glyph, x, y, size: round(r * 0.55), hit });
    marks.push(...beliefMarks(group, who, { x, y, r, at: ui.at }));
    if (r > 4) marks.push(...noteMarks(group, who, usual, { x, y, r, centre }));
    if (isSelected || (who % labels === 0 && r > 3)) marks.push(labelOf(shortName(ui.facts.members, who, LETTERS), x, y, r, centre, isSelected));
  }
  return marks;
}

/** How many others suspect it or hold it dead, as arcs around it; the suspicion that expires first, as a ring that gets shorter. */
function beliefMarks(group: GroupPicture, who: number, { x, y, r, at }: { readonly x: number; readonly y: number; readonly r: number; readonly at: number }): readonly Mark[] {
  const marks: Mark[] = [];
  const others = Math.max(1, group.running - 1);
  const turn = 2 * Math.PI;
  const buried = Math.min(1, group.buriedBy[who]! / others);
  const suspected = Math.min(1 - buried, group.suspectedBy[who]! / others);
  if (buried > 0) marks.push({ kind: "arc", look: "belief dead", x, y, r: r + 3, from: 0, to: round(turn * buried) });
  if (suspected > 0) marks.push({ kind: "arc", look: "belief suspect", x, y, r: r + 3, from: round(turn * buried), to: round(turn * (buried + suspected)) });
  const [since, until] = [group.suspectedSince[who]!, group.suspectedUntil[who]!];
  if (until > at) marks.push({ kind: "arc", look: "suspicion-left", x, y, r: r + 7, from: 0, to: round(turn * Math.min(1, (until - at) / Math.max(1, until - since))) });
  return marks;
}

/** Health and incarnation, if unusual: on the side of the centre, where no other member is. */
function noteMarks(group: GroupPicture, who: number, usual: number, { x, y, r, centre }: { readonly x: number; readonly y: number; readonly r: number; readonly centre: Layout["centre"] }): readonly Mark[] {
  const marks: Mark[] = [];
  const health = group.health[who]!;
  if (health > 0) marks.push(besideMember("health", `${health}`, x, y, centre, -r - NOTE_GAP));
  if (group.incarnation[who]! !== usual) {
    marks.push(besideMember("incarnation", `@${incarnationText(group.incarnation[who]!)}`, x, y, centre, -r - NOTE_GAP - marks.length * NOTE_ROW));
  }
  return marks;
}

/** The distance of a member's notes from its rim, outside the arcs and walls around it; and the distance between notes. */
const [NOTE_GAP, NOTE_ROW] = [11, 11];

/** The most frequent incarnation. */
function mostCommon(incarnations: Float64Array): number {
  const counts = new Map<number, number>();
  for (const one of incarnations) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0] as const)[0];
}

/** If lives have numbers: the life, and the number of refutations in it; for deployed members its hour, and the rest (docs/decisions/0022). */
const incarnationText = (count: number): string => (count < 65_536 ? `${count}` : `${Math.floor(count / 65_536)}.${count % 65_536}`);

const labelOf = (name: string, x: number, y: number, r: number, centre: Layout["centre"], isSelected: boolean): Mark =>
  besideMember(`member-label${isSelected ? " selected" : ""}`, name, x, y, centre, r + 12);

/** A text at this distance from a member's middle: away from the centre, or towards it if `out` is negative. */
function besideMember(look: string, text: string, x: number, y: number, centre: Layout["centre"], out: number): Mark {
  const [dx, dy] = [x - centre.x, y - centre.y];
  const far = Math.max(1, Math.hypot(dx, dy));
  const [right, down] = [dx / far, dy / far];
  const half = Math.abs(right) * ((text.length * LETTER) / 2) + Math.abs(down) * HALF_HEIGHT;
  const middle = out + Math.sign(out) * half;
  return { kind: "text", look, x: round(x + right * middle), y: round(y + down * middle + HALF_HEIGHT), text, anchor: "middle" };
}

/** Approximately the width of a letter of these texts, and the height above its middle. */
const [LETTER, HALF_HEIGHT] = [6, 4];
