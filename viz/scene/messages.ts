/** Messages under way between members: where each is at the cursor's instant, and its trace for a while afterwards. */

import { bisectLeft } from "d3";
import type { Traffic } from "../model/picture.ts";
import { type Layout, round } from "./layout.ts";
import type { Mark } from "./mark.ts";
import { messageLook } from "./message-look.ts";

/** Up to this many get single marks; if there are more, those of one look are one mark. */
const SINGLE = 120;
/** The part of its way for which a lost message is drawn. */
const LOST_AFTER = 0.6;

type Cluster = { readonly look: string; readonly trails: number[]; readonly hits: number[]; readonly isFading: boolean };

/** `linger`: how long after its arrival, in microseconds of the run, a message stays visible. */
export function messageMarks(traffic: Traffic, { points }: Layout, at: number, linger: number, selected: number | null): readonly Mark[] {
  const clusters = new Map<number, Cluster>();
  let count = 0;
  // Messages are in the order of sending: those sent later, or so long ago that they are gone, are skipped.
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
    // Lingering messages fade: half of the time as if under way, then fainter.
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

/** The longest latency of any of them. */
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

/** One cluster for each look, by a number: without building words for each message. */
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
