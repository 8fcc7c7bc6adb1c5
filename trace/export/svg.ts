/** A window of a run as a space-time diagram: a lane for each member, time to the right, an arrow for each message, a cross where one was lost. */

import type { Change } from "../../engine/index.ts";
import { secondsText } from "../numeral.ts";
import type { Absence, Saying, SpaceTime } from "./space-time.ts";
import { escaped, tag, title, words } from "./svg-mark.ts";
import { style } from "./svg-style.ts";
import type { Probing, Sent } from "./witness.ts";

const [LEFT, RIGHT, TOP, FOOT] = [96, 24, 64, 74];
const WIDTH = 1_400;

/** The layout. */
type Plan = { readonly x: (at: number) => number; readonly y: (who: number) => number; readonly bottom: number; readonly gap: number; /** How far to the right a lost message is drawn. */ readonly halfway: number };

/** The diagram as SVG. Equal runs give equal text. */
export function spaceTimeSvg(seen: SpaceTime, heading: string): string {
  const { window: { from, to }, lanes } = seen;
  const gap = lanes.length <= 24 ? 38 : lanes.length <= 60 ? 24 : 14;
  const rows = new Map(lanes.map((who, row) => [who, TOP + 24 + row * gap]));
  const bottom = TOP + 24 + Math.max(1, lanes.length) * gap;
  const scale = (WIDTH - LEFT - RIGHT) / (to - from);
  const plan: Plan = { x: (at) => LEFT + (at - from) * scale, y: (who) => rows.get(who) ?? TOP, bottom, gap, halfway: Math.max(6, (seen.usualWay() * scale) / 2) };
  const height = bottom + FOOT;
  const about = `${heading}, from ${secondsText(from)} to ${secondsText(to)}`;
  const lost = seen.messages.filter(({ arrivedAt }) => arrivedAt === null).length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(`${about}: ${lanes.length} members, ${seen.messages.length} messages, ${lost} of them never came in.`)}">`,
    `<style>${style}</style>`,
    `<defs>${groups.map((group) => `<marker id="${group}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path class="head ${group}" d="M0 0.5L8 4L0 7.5z"/></marker>`).join("")}<clipPath id="window"><rect x="${LEFT}" y="0" width="${WIDTH - LEFT - RIGHT}" height="${height}"/></clipPath></defs>`,
    tag("rect", { class: "page", width: WIDTH, height }),
    words(about, { class: "title", x: 16, y: 22 }),
    axis(seen, plan),
    ...lanes.map((who) => lane(seen, who, plan)),
    `<g clip-path="url(#window)">`,
    ...seen.absences.map((absence) => absenceMarks(absence, plan)),
    ...seen.probes.map((probing) => probeMarks(probing, plan)),
    ...seen.messages.map((message) => arrow(message, seen, plan)),
    "</g>",
    sayingMarks(seen, plan),
    legend(plan),
    "</svg>",
    "",
  ].join("\n");
}

/** Kinds of messages that look alike. */
const groups = ["asks", "relays", "gossip", "streams"] as const;

function groupOf(kind: string): (typeof groups)[number] {
  if (kind === "ping" || kind === "ack") return "asks";
  return kind === "ping-req" || kind === "nack" ? "relays" : kind === "gossip" ? "gossip" : "streams";
}

function axis({ window: { from, to }, happenings }: SpaceTime, { x, bottom }: Plan): string {
  const step = roundStep((to - from) / 10);
  const ticks = Array.from({ length: Math.floor(to / step) - Math.ceil(from / step) + 1 }, (_, n) => (Math.ceil(from / step) + n) * step);
  return [
    ...ticks.map((at) => tag("line", { class: "tick", x1: x(at), x2: x(at), y1: TOP - 8, y2: bottom }) + words(`${Number((at / 1e6).toFixed(6))} s`, { class: "small", x: x(at), y: TOP - 14, "text-anchor": "middle" })),
    ...happenings.map(({ at, text }) => tag("line", { class: "disruption", x1: x(at), x2: x(at), y1: TOP - 8, y2: bottom }) + words(text.length > 40 ? `${text.slice(0, 39)}…` : text, { class: "happening", x: x(at) + 4, y: TOP + 4 })),
  ].join("\n");
}

/** The least 1, 2 or 5 times a power of ten that is at least this. */
function roundStep(atLeast: number): number {
  let power = 1;
  while (power * 10 <= atLeast) power *= 10;
  return ([1, 2, 5, 10].find((step) => step * power >= atLeast) ?? 10) * power;
}

function lane({ witness, bornAt, window }: SpaceTime, who: number, { x, y }: Plan): string {
  const since = Math.max(window.from, bornAt.get(who) ?? window.from);
  return words(witness.nameOf(who), { class: "name", x: LEFT - 12, y: y(who) + 4, "text-anchor": "end" }) + tag("line", { class: "lane", x1: x(since), x2: x(window.to), y1: y(who), y2: y(who) });
}

function absenceMarks({ who, existence, since, until }: Absence, { x, y }: Plan): string {
  const height = 12;
  const box = tag("rect", { class: `absent ${existence}`, x: x(since), y: y(who) - height / 2, width: Math.max(2, x(until) - x(since)), height }, title(`${existence} from ${secondsText(since)}`));
  return box + words(existence, { class: "small absence", x: Math.max(LEFT, x(since)) + 5, y: y(who) + 3.5 });
}

const probeMarks = ({ who, target, from, until, outcome }: Probing, { x, y }: Plan): string =>
  tag("rect", { class: `probe ${outcome === "answered" ? "answered" : "failed"}`, x: x(from), y: y(who) - 4, width: Math.max(1.5, x(until) - x(from)), height: 8, rx: 2 }, title(`probe of ${target}: ${outcome}`));

function arrow({ source, target, kind, at, arrivedAt }: Sent, seen: SpaceTime, { x, y, halfway }: Plan): string {
  const group = groupOf(kind);
  const isBack = kind === "ack" || kind === "nack" || kind === "stream ack";
  const [from, to] = [y(source), y(target)];
  const says = `${kind} from ${seen.witness.nameOf(source)} to ${seen.witness.nameOf(target)} at ${secondsText(at)}`;
  if (arrivedAt !== null) {
    return tag("line", { class: `message ${group}${isBack ? " back" : ""}`, x1: x(at), y1: from, x2: x(arrivedAt), y2: to, "marker-end": `url(#${group})` }, title(`${says}, ${(arrivedAt - at) / 1_000} ms under way`));
  }
  // How far it came is unknown: it is drawn as lost on the way.
  const [endX, endY] = [x(at) + halfway, from + (to - from) * 0.42];
  const cross = tag("path", { class: "lost", d: `M${(endX - 4).toFixed(1)} ${(endY - 4).toFixed(1)}l8 8m0 -8l-8 8` });
  return tag("g", {}, title(`${says}: never came in`), tag("line", { class: `message ${group} gone`, x1: x(at), y1: from, x2: endX, y2: endY }), cross);
}

const signs: { readonly [kind in Change["kind"]]?: string } = { suspected: "?", failed: "✝", cleared: "✓", joined: "+", left: "–", refuted: "!", forgotten: "×" };

/** Signs on the lanes, with names above them where there is room. */
function sayingMarks({ sayings, witness }: SpaceTime, { x, y, gap }: Plan): string {
  const lastOn = new Map<number, number>();
  return sayings.map(({ who, at, kind, about, verdict }: Saying) => {
    const sign = signs[kind] ?? "";
    const hasRoom = gap > 20 && x(at) - (lastOn.get(who) ?? -Infinity) > 12 + about.length * 7;
    if (hasRoom) lastOn.set(who, x(at));
    const says = `${witness.nameOf(who)} says of ${about}: ${kind}, at ${secondsText(at)}${kind === "failed" && verdict !== "unknown" ? ` (${verdict})` : ""}`;
    return tag("g", { class: `saying ${kind}` }, title(says), tag("circle", { cx: x(at), cy: y(who), r: 3.2 }), hasRoom ? words(`${sign} ${about}`, { x: x(at) + 3, y: y(who) - 7 }) : "");
  }).join("\n");
}

function legend({ bottom }: Plan): string {
  const y = bottom + 22;
  const keys = [
    ["asks", "ping"], ["asks back", "ack"], ["relays", "ping-req"], ["relays back", "nack"], ["gossip", "gossip"], ["streams", "stream"],
  ] as const;
  const lines = keys.map(([look, name], n) => tag("line", { class: `message ${look}`, x1: LEFT + n * 110, x2: LEFT + n * 110 + 34, y1: y - 4, y2: y - 4 }) + words(name, { class: "small", x: LEFT + n * 110 + 40, y }));
  const lost = tag("path", { class: "lost", d: `M${LEFT + 660} ${y - 8}l8 8m0 -8l-8 8` }) + words("never came in", { class: "small", x: LEFT + 676, y });
  const told = words("on the lanes: bars are probes (dotted edge: failed) · ? suspects · ✝ declares dead · ✓ cleared · + joined · ! refutes · – left · × forgotten", { class: "small", x: LEFT, y: y + 22 });
  return [...lines, lost, told].join("");
}
