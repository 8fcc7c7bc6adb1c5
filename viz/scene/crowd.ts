/** A large group: members as dots, all of one look in one mark. */

import type { GroupPicture } from "../model/picture.ts";
import { existences, statuses } from "../model/words.ts";
import { type Layout, round } from "./layout.ts";
import type { Mark } from "./mark.ts";
import type { SceneUi } from "./ui.ts";

/** Up to this many members that are not as they should be get marks for beliefs and suspicions. */
const ODD = 150;

export function crowdMarks(group: GroupPicture, layout: Layout, ui: SceneUi): readonly Mark[] {
  const isTruth = ui.observer === null;
  const codes = isTruth ? group.existence : group.status;
  const before = known.get(layout);
  const isSame = before?.isTruth === isTruth && (before.codes === codes || (before.codes.length === codes.length && before.codes.every((code, who) => code === codes[who])));
  const dots = isSame ? before.dots : dotsOf(codes, isTruth ? existences : statuses, layout);
  known.set(layout, { isTruth, codes, dots });
  return [...dots, ...oddMarks(group, layout, ui)];
}

/** The dots do not change while all members keep their status: they are made once, and painters recognise them by identity. */
const known = new WeakMap<Layout, { readonly isTruth: boolean; readonly codes: Uint8Array; readonly dots: readonly Mark[] }>();

function dotsOf(codes: Uint8Array, words: readonly string[], { points, r }: Layout): readonly Mark[] {
  const counts = new Uint32Array(words.length);
  for (let who = 0; who < codes.length; who++) counts[codes[who]!]!++;
  const places = Array.from(counts, (count) => new Float32Array(2 * count));
  const hits = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Uint32Array(words.length);
  for (let who = 0; who < codes.length; who++) {
    const code = codes[who]!;
    const at = filled[code]!++;
    places[code]![2 * at] = points[2 * who]!;
    places[code]![2 * at + 1] = points[2 * who + 1]!;
    hits[code]![at] = who;
  }
  return words.flatMap((word, code): Mark[] => (counts[code] === 0 ? [] : [{ kind: "dots", look: `member ${word}`, points: places[code]!, r, hits: hits[code]!, hitKind: "member", isStill: true, title: `${counts[code]!.toLocaleString("en")} ${word}` }]));
}

/** Members that others suspect or hold dead, and those that the user chose. */
function oddMarks(group: GroupPicture, { points, r }: Layout, ui: SceneUi): readonly Mark[] {
  const marks: Mark[] = [];
  const others = Math.max(1, group.running - 1);
  const turn = 2 * Math.PI;
  for (let who = 0; who < group.count && marks.length < ODD; who++) {
    const isChosen = ui.selected.member === who || ui.observer === who;
    if (!isChosen && group.suspectedBy[who] === 0 && group.buriedBy[who] === 0) continue;
    const [x, y] = [round(points[2 * who]!), round(points[2 * who + 1]!)];
    const [buried, suspected] = [group.buriedBy[who]! / others, group.suspectedBy[who]! / others];
    if (buried > 0) marks.push({ kind: "arc", look: "belief dead", x, y, r: r + 3, from: 0, to: round(turn * Math.min(1, buried)) });
    if (suspected > 0) marks.push({ kind: "arc", look: "belief suspect", x, y, r: r + 3, from: round(turn * buried), to: round(turn * Math.min(1, buried + suspected)) });
    if (!isChosen) continue;
    const hit = { kind: "member", who } as const;
    marks.push({ kind: "circle", look: `chosen${ui.observer === who ? " observer" : ""}`, x, y, r: r + 6, hit });
    marks.push({ kind: "text", look: "member-label selected", x, y: round(y - r - 10), text: ui.facts.members[who]?.id ?? "", anchor: "middle", hit });
  }
  return marks;
}
