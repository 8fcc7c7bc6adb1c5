/** Messages on their way from member to member: where each is at the cursor's instant, and for a while where it was. */

import { bisectLeft } from "d3";
import type { Traffic } from "../model/picture.ts";
import { type Layout, round } from "./layout.ts";
import type { Mark } from "./mark.ts";
import { messageLook } from "./message-look.ts";

/** So many are drawn with marks of their own; of more, those of one look are one mark. */
const SINGLE = 120;
/** So far is a lost message drawn of its way. */
const LOST_AFTER = 0.6;

type Cluster = { readonly look: string; readonly trails: number[]; readonly hits: number[]; readonly isFading: boolean };

/** `linger`: so long after its arrival, in microseconds of the run, a message is still to be seen. */
export function messageMarks(traffic: Traffic, { points }: Layout, at: number, linger: number, selected: number | null): readonly Mark[] {
  const clusters = new Map<number, Cluster>();
  let count = 0;
  // Messages stand in the order of their sending: what was sent later, or so long ago that it is gone, is not looked at.
  for (let place = bisectLeft(traffic.sentAt, at - linger - longestOf(traffic)); place < traffic.count; place++) {
    const sentAt = traffic.sentAt[place]!;
    if (sentAt > at) break;
    const arrives = traffic.arrivesAt[place]!;
    const isLost = arrives !== arrives;
    const goneAt = isLost ? sentAt + traffic.usual : arrives;
    if (at > goneAt + linger) continue;
    const far = Math.min(isLost ? LOST_AFTER : 1, (at - sentAt) / Math.max(1, goneAt - sentAt));
    const [source, target] = [2 * traffic.source[place]!, 2 * traffic.target[place]!];
    const [x1, y1] = [points[source]!, points[source + 1]!];
    // What stays to be seen fades: half of its time as if it were under way, then fainter.
    const isFading = at > goneAt + 0.5 * linger;
    const cluster = clusterOf(clusters, traffic, place, isLost, isFading, selected === traffic.id[place]);
    const [x, y] = [x1 + far * (points[target]! - x1), y1 + far * (points[target + 1]! - y1)];
    cluster.trails.push(x1, y1, x, y);
    cluster.hits.push(traffic.id[place]!);
    count++;
  }
  const all = [...clusters.values()];
  return count > SINGLE ? all.flatMap(manyOf) : all.flatMap(singleOf);
}

const longest = new WeakMap<Traffic, number>();

/** The longest that any of them is under way. */
function longestOf(traffic: Traffic): number {
  const known = longest.get(traffic);
  if (known !== undefined) return known;
  let most = traffic.usual;
  for (let place = 0; place < traffic.count; place++) {
    const way = traffic.arrivesAt[place]! - traffic.sentAt[place]!;
    if (way > most) most = way;
  }
  longest.set(traffic, most);
  return most;
}

/** One cluster for each look, by a number: no words are put together for each message. */
function clusterOf(clusters: Map<number, Cluster>, { kind, carries }: Traffic, place: number, isLost: boolean, isFading: boolean, isSelected: boolean): Cluster {
  const news = (carries[place]! & 4) !== 0 ? 2 : (carries[place]! & 2) !== 0 ? 1 : 0;
  const key = (((kind[place]! * 3 + news) * 2 + Number(isLost)) * 2 + Number(isFading)) * 2 + Number(isSelected);
  const known = clusters.get(key);
  if (known !== undefined) return known;
  const look = messageLook(kind[place]!, carries[place]!, isLost, isSelected);
  const made: Cluster = { look, trails: [], hits: [], isFading };
  clusters.set(key, made);
  return made;
}

function manyOf({ look, trails, hits, isFading }: Cluster): readonly Mark[] {
  const [lines, named] = [new Float32Array(trails), new Float64Array(hits)];
  const heads = new Float32Array(2 * hits.length);
  for (let n = 0; n < hits.length; n++) {
    heads[2 * n] = lines[4 * n + 2]!;
    heads[2 * n + 1] = lines[4 * n + 3]!;
  }
  const opacity = isFading ? { opacity: 0.4 } : {};
  return [
    { kind: "lines", look: `${look} trail`, points: lines, ...opacity },
    { kind: "dots", look, points: heads, r: 1.6, hits: named, hitKind: "message", ...opacity },
  ];
}

function singleOf({ look, trails, hits, isFading }: Cluster): readonly Mark[] {
  const opacity = isFading ? { opacity: 0.4 } : {};
  return hits.flatMap((message, n): Mark[] => {
    const [x1, y1, x, y] = [0, 1, 2, 3].map((part) => round(trails[4 * n + part]!)) as [number, number, number, number];
    const hit = { kind: "message", message } as const;
    const end: Mark = look.includes(" lost") ? { kind: "glyph", glyph: "cross", look, x, y, size: 4.5, hit, ...opacity } : { kind: "circle", look, x, y, r: 3, hit, ...opacity };
    return [{ kind: "line", look: `${look} trail`, x1, y1, x2: x, y2: y, hit, ...opacity }, end];
  });
}
