/** Replays one recording from end to end, checks every step, and summarises its content. */

import { address, type Change, type Instant } from "../../../engine/index.ts";
import { type Broken, type Parting, Postmark, type Recording, retellChunk } from "../../../trace/index.ts";

/** The result for one recording. */
export type Verified = {
  readonly names: readonly string[];
  /** The recorded member, or for a run of the simulator all its members. */
  readonly members: readonly string[];
  readonly about: Readonly<Record<string, string | number>>;
  /** When its first and last lines happened, by its own clock; null if it has none. */
  readonly span: { readonly at: Instant; readonly until: Instant } | null;
  /** Milliseconds since 1970 at its own origin; null if that was not recorded. */
  readonly wallAtOrigin: number | null;
  readonly chunks: number;
  /** Lines that replayed as recorded, … */
  readonly same: number;
  /** … and those that follow, in its chunk, after one that did not. */
  readonly unplayed: number;
  readonly effects: number;
  /** How often each kind of change was announced. */
  readonly announced: ReadonlyMap<Change["kind"], number>;
  /** Where the replay differed: the first different line of each chunk. */
  readonly partings: readonly { readonly why: string; readonly line: number | null; readonly parting: Parting | undefined }[];
  readonly missing: string | null;
  readonly verdict: Verdict;
  readonly postmark: Postmark;
};

/** `same`: everything recorded is present and replays. `different`: a line does not. `unknown`: everything present does, but something is missing. */
export type Verdict = "same" | "different" | "unknown";

export function verify({ names, trace }: Recording): Verified {
  const { about } = trace.header;
  const announced = new Map<Change["kind"], number>();
  const members = new Set<string>();
  const partings: { readonly why: string; readonly line: number | null; readonly parting: Parting | undefined }[] = [];
  const wallAtOrigin = typeof about["wallAtOrigin"] === "number" ? about["wallAtOrigin"] : null;
  const postmark = new Postmark(address(String(about["address"] ?? "")), (wallAtOrigin ?? 0) * 1_000);
  let [same, unplayed, effects] = [0, 0, 0];
  for (const [number, place] of trace.chunks.entries()) {
    const read = trace.readChunk(number);
    if (read.ok) for (const [who] of read.chunk.states) members.add(who);
    const played = retellChunk(trace, number, {
      born: (_, who) => void members.add(who),
      stepped: (_, __, event, wanted) => {
        effects += wanted.length;
        postmark.step(event, wanted);
        for (const effect of wanted) if (effect.kind === "announce") announced.set(effect.change.kind, (announced.get(effect.change.kind) ?? 0) + 1);
      },
    });
    const good = played.ok ? place.count : Math.max(0, (played.line ?? place.first) - place.first);
    same += good;
    unplayed += place.count - good;
    if (!played.ok) partings.push(partingOf(played));
  }
  const [first, last] = [trace.chunks[0], trace.chunks.at(-1)];
  return {
    names, members: [...members], about, chunks: trace.chunks.length, same, unplayed, effects, announced, partings, missing: trace.missing, postmark,
    span: first === undefined || last === undefined ? null : { at: first.at, until: last.until },
    wallAtOrigin,
    verdict: partings.length > 0 ? "different" : trace.isHurt || same === 0 ? "unknown" : "same",
  };
}

const partingOf = ({ why, line, parting }: Broken): Verified["partings"][number] => ({ why, line, parting });
