/** The group: members on their places, what each is and is held to be, and the messages under way between them. */

import type { GroupPicture, Traffic } from "../model/picture.ts";
import { existences, messageKinds, statuses } from "../model/words.ts";
import { layoutOf, type Layout, round } from "./layout.ts";
import type { Glyph, Mark } from "./mark.ts";
import type { SceneOf } from "./ui.ts";

export const groupScene: SceneOf<{ readonly group: GroupPicture; readonly traffic: Traffic | null }> = ({ group, traffic }, size, ui) => {
  const layout = layoutOf(ui.facts.members, size, ui.layout);
  return [...(traffic === null ? [] : messageMarks(traffic, layout, ui.at, ui.selected.message)), ...memberMarks(group, layout, ui)];
};

function messageMarks(traffic: Traffic, { points }: Layout, at: number, selected: number | null): readonly Mark[] {
  const marks: Mark[] = [];
  for (let place = 0; place < traffic.count; place++) {
    const sentAt = traffic.sentAt[place]!;
    const arrives = traffic.arrivesAt[place]!;
    const isLost = Number.isNaN(arrives);
    const goneAt = isLost ? sentAt + traffic.usual : arrives;
    if (at < sentAt || at > goneAt) continue;
    const share = (at - sentAt) / Math.max(1, goneAt - sentAt);
    const [source, target] = [2 * traffic.source[place]!, 2 * traffic.target[place]!];
    const [x1, y1, x2, y2] = [points[source]!, points[source + 1]!, points[target]!, points[target + 1]!];
    const [x, y] = [round(x1 + share * (x2 - x1)), round(y1 + share * (y2 - y1))];
    const carries = traffic.carries[place]!;
    const news = (carries & 4) !== 0 ? " tells-dead" : (carries & 2) !== 0 ? " tells-suspect" : "";
    const look = `message ${(messageKinds[traffic.kind[place]!] ?? "").replace(" ", "-")}${news}${isLost ? " lost" : ""}${selected === traffic.id[place] ? " selected" : ""}`;
    const hit = { kind: "message", message: traffic.id[place]! } as const;
    marks.push({ kind: "line", look: `${look} trail`, x1: round(x1), y1: round(y1), x2: x, y2: y, hit });
    marks.push(isLost && share > 0.6 ? { kind: "glyph", glyph: "cross", look, x, y, size: 5, hit } : { kind: "circle", look, x, y, r: 3, hit });
  }
  return marks;
}

const glyphs: Readonly<Record<string, Glyph>> = { suspect: "triangle", dead: "cross", left: "door", paused: "bars", blocked: "square", crashed: "cross", departed: "door", leaving: "door" };

function memberMarks(group: GroupPicture, { points, r, centre }: Layout, ui: Parameters<typeof groupScene>[2]): readonly Mark[] {
  const marks: Mark[] = [];
  for (let who = 0; who < group.count; who++) {
    const [x, y] = [round(points[2 * who]!), round(points[2 * who + 1]!)];
    const existence = existences[group.existence[who]!] ?? "absent";
    const status = statuses[group.status[who]!] ?? "unknown";
    const isTruth = ui.observer === null;
    const word = isTruth ? existence : status;
    const hit = { kind: "member", who } as const;
    const extra = `${ui.selected.member === who ? " selected" : ""}${ui.observer === who ? " observer" : ""}`;
    const name = ui.facts.members[who]?.id ?? "";
    marks.push({ kind: "circle", look: `member ${word}${extra}`, x, y, r, hit, title: `${name}: ${existence}${isTruth ? "" : `, held ${status}`}` });
    const glyph = glyphs[word];
    if (glyph !== undefined) marks.push({ kind: "glyph", look: `member-glyph ${word}`, glyph, x, y, size: round(r * 0.55), hit });
    marks.push(...beliefMarks(group, who, x, y, r, ui.at));
    if (r > 6) marks.push(label(name, x, y, r, centre.x, centre.y));
  }
  return marks;
}

/** How many of the others suspect or bury it, as arcs around it; and the suspicion that runs out first, as a ring that gets shorter. */
function beliefMarks(group: GroupPicture, who: number, x: number, y: number, r: number, at: number): readonly Mark[] {
  const marks: Mark[] = [];
  const others = Math.max(1, group.running - 1);
  const turn = 2 * Math.PI;
  const buried = Math.min(1, group.buriedBy[who]! / others);
  const suspected = Math.min(1 - buried, group.suspectedBy[who]! / others);
  if (buried > 0) marks.push({ kind: "arc", look: "belief dead", x, y, r: r + 3, from: 0, to: round(turn * buried) });
  if (suspected > 0) marks.push({ kind: "arc", look: "belief suspect", x, y, r: r + 3, from: round(turn * buried), to: round(turn * (buried + suspected)) });
  const [since, until] = [group.suspectedSince[who]!, group.suspectedUntil[who]!];
  if (until > at) marks.push({ kind: "arc", look: "suspicion-left", x, y, r: r + 7, from: 0, to: round(turn * Math.min(1, (until - at) / Math.max(1, until - since))) });
  if (group.health[who]! > 0) marks.push({ kind: "text", look: "health", x: x + r, y: y - r, text: `${group.health[who]!}`, anchor: "start" });
  return marks;
}

function label(name: string, x: number, y: number, r: number, cx: number, cy: number): Mark {
  const far = Math.max(1, Math.hypot(x - cx, y - cy));
  const out = r + 15;
  const [lx, ly] = [x + ((x - cx) / far) * out, y + ((y - cy) / far) * out];
  const anchor = Math.abs(x - cx) < far * 0.3 ? "middle" : x > cx ? "start" : "end";
  return { kind: "text", look: "member-label", x: round(lx), y: round(ly), text: name, anchor };
}
