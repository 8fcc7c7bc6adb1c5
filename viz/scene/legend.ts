/** The legend: explains in words and shapes what is drawn, and only what is on the screen. */

import type { Glyph, Mark, Scene } from "./mark.ts";

/** A sample of a mark, and its meaning. It is shown if a mark has all these words in its look. */
type Entry = {
  readonly words: string;
  readonly text: string;
  readonly sample: "disc" | "ring" | "arc" | "line" | "arrow" | "band" | "letter" | Glyph;
  readonly look?: string;
};

/** In this order: if there is no room for all, the last are only in the tooltip. For the time line, curves come first. */
const entries: readonly Entry[] = [
  { words: "agreement-curve", text: "share whose view is true", sample: "line" },
  { words: "load-curve", text: "messages sent", sample: "band" },
  { words: "beliefs held-alive", text: "held alive", sample: "band" },
  { words: "beliefs held-suspect", text: "held suspect", sample: "band" },
  { words: "beliefs held-dead", text: "held dead", sample: "band" },
  { words: "beliefs held-left", text: "held left", sample: "band" },
  { words: "beliefs held-unknown", text: "unknown", sample: "band" },
  { words: "beliefs wrong", text: "held alive, but down or separated", sample: "band" },
  { words: "truth running", text: "in truth: running", sample: "band" },
  { words: "truth crashed", text: "crashed", sample: "band" },
  { words: "truth paused", text: "paused", sample: "band" },
  { words: "truth departed", text: "left", sample: "band" },
  { words: "density", text: "messages sent: darker is more", sample: "band" },
  { words: "all-well", text: "all run and are held alive", sample: "band" },
  { words: "some-down", text: "some do not run", sample: "band" },
  { words: "some-dead", text: "some held dead", sample: "band" },
  { words: "some-suspected", text: "some are suspected", sample: "band" },
  { words: "some-unknown", text: "some unknown", sample: "band" },
  { words: "some-wronged", text: "some run, but are held dead by some", sample: "band" },
  { words: "some-believed-wrongly", text: "the observer is wrong about some", sample: "band" },
  { words: "member running", text: "running", sample: "disc" },
  { words: "member alive", text: "held alive", sample: "disc" },
  { words: "member suspect", text: "held suspect", sample: "triangle" },
  { words: "member dead", text: "held dead", sample: "cross" },
  { words: "member left", text: "held left", sample: "door" },
  { words: "member crashed", text: "crashed", sample: "cross" },
  { words: "member departed", text: "left", sample: "door" },
  { words: "member leaving", text: "leaving", sample: "door" },
  { words: "member paused", text: "paused", sample: "bars" },
  { words: "member blocked", text: "blocked: neither sends nor receives", sample: "square" },
  { words: "member absent", text: "not started yet", sample: "ring" },
  { words: "member unknown", text: "unknown to the observer", sample: "ring" },
  { words: "member observer", text: "the observer", sample: "disc" },
  { words: "wall partition", text: "partition: nothing passes", sample: "band" },
  { words: "wall cut", text: "cut: nothing passes one way", sample: "band" },
  { words: "wall one-way", text: "one-way partition", sample: "band" },
  { words: "passing", text: "what still passes", sample: "arrow" },
  { words: "wall slow", text: "slow: messages are delayed", sample: "band" },
  { words: "wall jam", text: "jam: messages are held until it heals", sample: "band" },
  { words: "wall clog", text: "clog: messages are held", sample: "band" },
  { words: "bridge", text: "on no side: reaches all", sample: "ring" },
  { words: "wall ring", text: "ring: the members' order", sample: "ring" },
  { words: "reach", text: "reach of a member", sample: "arc" },
  { words: "out-of-reach", text: "out of the selected member's reach", sample: "ring" },
  { words: "impaired", text: "impaired: loss, delay, …", sample: "ring" },
  { words: "belief suspect", text: "share of the others that suspect it", sample: "arc" },
  { words: "belief dead", text: "share of the others that hold it dead or left", sample: "arc" },
  { words: "suspicion-left", text: "time until the suspicion runs out", sample: "arc" },
  { words: "health", text: "local health, 0 is good", sample: "letter" },
  { words: "incarnation", text: "incarnation, if not the most common one", sample: "letter" },
  { words: "message probe", text: "probe: ping, ack, ping-req, nack", sample: "arrow" },
  { words: "message gossip", text: "gossip", sample: "arrow" },
  { words: "message stream", text: "over a stream: push-pull, …", sample: "arrow" },
  { words: "message tells-suspect", text: "tells of a suspicion", sample: "arrow" },
  { words: "message tells-dead", text: "tells of a death", sample: "arrow" },
  { words: "message lost", text: "lost", sample: "arrow" },
  { words: "announced suspected", text: "begins to suspect", sample: "triangle" },
  { words: "announced confirmed", text: "hears a confirmation", sample: "triangle" },
  { words: "announced failed right", text: "declares dead, rightly", sample: "cross" },
  { words: "announced failed unknown", text: "declares dead", sample: "cross" },
  { words: "announced failed false", text: "declares dead, wrongly", sample: "star" },
  { words: "announced failed parted", text: "declares dead across a fault", sample: "star" },
  { words: "announced cleared", text: "no longer suspects", sample: "ring" },
  { words: "announced refuted", text: "refutes", sample: "diamond" },
  { words: "announced joined", text: "learns of a member", sample: "dot" },
  { words: "announced left", text: "hears a farewell", sample: "door" },
  { words: "lane-belief suspect", text: "holds the selected member suspect", sample: "band" },
  { words: "lane-belief dead", text: "holds it dead", sample: "band" },
  { words: "lane-belief left", text: "holds it left", sample: "band" },
  { words: "lane-belief unknown", text: "does not know it", sample: "band" },
  { words: "lane-outage", text: "does not run", sample: "band" },
  { words: "fault-band", text: "a fault", sample: "band" },
  { words: "disruption", text: "a disruption", sample: "flag" },
  { words: "broken", text: "a violated invariant or oracle", sample: "star" },
  { words: "outage-band", text: "the selected member does not run", sample: "band" },
];

const known = entries.map((entry) => ({ entry, words: entry.words.split(" ") }));

/** The height of a row, and the approximate width of a letter, in pixels. */
const [ROW, LETTER, SAMPLE] = [15, 6.3, 18];

/** The height of this many rows. */
export const legendHeight = (rows: number): number => rows * ROW + 4;

/** The legend's entries for a scene. */
export function legendOf(scene: Scene): readonly Entry[] {
  const named = new Set<Entry>();
  let before = "";
  for (const { look } of scene) {
    if (look === before) continue;
    before = look;
    for (const entry of namedBy(look)) named.add(entry);
  }
  return entries.filter((entry) => named.has(entry));
}

const byLook = new Map<string, readonly Entry[]>();

/** The entries for one look. A page has some hundreds of looks, and asks for them in every frame. */
function namedBy(look: string): readonly Entry[] {
  const before = byLook.get(look);
  if (before !== undefined) return before;
  const has = new Set(look.split(" "));
  const named = known.filter(({ words }) => words.every((word) => has.has(word))).map(({ entry }) => entry);
  byLook.set(look, named);
  return named;
}

/** `hasTruth`: false for recordings of real members, which hold neither who ran nor what the network lost. */
type Room = { readonly x: number; readonly y: number; readonly width: number; readonly rows: number; readonly hasTruth?: boolean };

/** The meaning of an entry if nobody recorded the truth. */
const untold: Readonly<Record<string, string>> = { "message lost": "arrival not recorded", "member running": "assumed running", "truth running": "assumed running" };

/** As marks, in rows from a point on, up to the width. Entries without room are counted, and named in a tooltip. */
export function legendMarks(scene: Scene, room: Room): readonly Mark[] {
  const named = legendOf(scene);
  const all = room.hasTruth === false ? named.map((entry) => ({ ...entry, text: untold[entry.words] ?? entry.text })) : named;
  const widths = all.map(({ text }) => widthOf(text));
  for (let shown = all.length; shown >= 0; shown--) {
    const rest = all.slice(shown).map(({ text }) => text);
    const more = `… and ${rest.length} more`;
    const places = placesOf(rest.length === 0 ? widths : [...widths.slice(0, shown), widthOf(more) - SAMPLE], room);
    if (places === null) continue;
    const marks = all.slice(0, shown).flatMap((entry, n) => entryMarks(entry, places[n]!));
    const end = places[shown];
    return end === undefined ? marks : [...marks, { kind: "text", look: "legend", x: end.x, y: end.y + 4, text: more, anchor: "start", title: rest.join("; ") }];
  }
  return [];
}

const widthOf = (text: string): number => SAMPLE + LETTER * text.length + 12;

/** The places of items of these widths one after the other, with centred rows; null if there is no room for all of them. */
function placesOf(widths: readonly number[], { x, y, width, rows }: Room): readonly { readonly x: number; readonly y: number }[] | null {
  let [left, row] = [x, 0];
  const places = widths.map((wide) => {
    if (left > x && left + wide > x + width) [left, row] = [x, row + 1];
    const place = { x: left, y: y + row * ROW + ROW / 2 };
    left += wide;
    return place;
  });
  return row < rows ? places : null;
}

const entryMarks = (entry: Entry, { x, y }: { readonly x: number; readonly y: number }): readonly Mark[] =>
  [...sampleOf(entry, x + 7, y), { kind: "text", look: "legend", x: x + SAMPLE, y: y + 4, text: entry.text, anchor: "start" }];

function sampleOf({ words: look, sample }: Entry, x: number, y: number): readonly Mark[] {
  switch (sample) {
    case "disc":   return [{ kind: "circle", look, x, y, r: 5 }];
    case "ring":   return look.startsWith("announced") ? [{ kind: "glyph", glyph: "ring", look, x, y, size: 5 }] : [{ kind: "circle", look, x, y, r: 5 }];
    case "arc":    return [{ kind: "arc", look, x, y, r: 5, from: 0, to: 4.2 }];
    case "line":   return [{ kind: "line", look, x1: x - 7, y1: y, x2: x + 7, y2: y }];
    case "arrow":  return [{ kind: "lines", look, points: Float32Array.of(x - 7, y, x + 7, y), head: look.endsWith("lost") ? 0 : 5 }, ...(look.endsWith("lost") ? [{ kind: "glyph", glyph: "cross", look, x: x + 5, y, size: 3.5 } as const] : [])];
    case "band":   return look.startsWith("wall") ? [{ kind: "line", look, x1: x - 7, y1: y, x2: x + 7, y2: y }] : [{ kind: "rect", look: look === "density" ? "load-curve" : look, x: x - 7, y: y - 4, width: 14, height: 8 }];
    case "letter": return [{ kind: "text", look, x, y: y + 4, text: look === "health" ? "2" : "@1", anchor: "middle" }];
    default:       return look.startsWith("member") ? [{ kind: "circle", look, x, y, r: 6 }, { kind: "glyph", glyph: sample, look: `member-glyph ${look}`, x, y, size: 3.4 }] : [{ kind: "glyph", glyph: sample, look, x, y, size: 4.5 }];
  }
}
