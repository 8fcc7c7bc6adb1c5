/**
 * A sketch of the group at an instant, from announcements alone: nothing is replayed, so that a cursor can be dragged through a hundred thousand members. Which
 * members run and which are separated is exact; who holds whom suspect or dead is counted from announcements, which agrees with members' views except for what
 * they knew before the first line. It has no incarnations, health, errors or ends of suspicions.
 */

import { type Instant, instant } from "../../engine/index.ts";
import type { GroupPicture } from "../model/picture.ts";
import { announcementKinds, type AnnouncementWord, codeIn, statuses } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";
import { firstAtLeast } from "./column.ts";

/** How an announcement changes the numbers of members that suspect its subject, and that hold it dead. */
const steps: Partial<Record<AnnouncementWord, readonly [suspected: number, buried: number]>> = { suspected: [1, 0], cleared: [-1, 0], failed: [-1, 1], left: [0, 1], joined: [0, -1] };
const byKind = announcementKinds.map((kind) => steps[kind] ?? null);
const [ALIVE, SUSPECT, DEAD] = [codeIn(statuses, "alive"), codeIn(statuses, "suspect"), codeIn(statuses, "dead")];
/** Announcements between two stored counts. */
const STRIDE = 20_000;

type Counts = { readonly upTo: number; readonly suspected: Int32Array; readonly buried: Int32Array };

export class Sketcher {
  private readonly chronicle: Chronicle;
  private kept: Counts[] = [];

  constructor(chronicle: Chronicle) {
    this.chronicle = chronicle;
  }

  groupAt(at: Instant): GroupPicture {
    const { roster, lines, truths, curves } = this.chronicle;
    const count = roster.ids.length;
    const line = firstAtLeast(lines.at, at + 1);
    const truth = truths.after(line - 1);
    const { suspected, buried } = this.countsAt(at, count);
    const [existence, side, status] = [new Uint8Array(count), new Uint16Array(count), new Uint8Array(count)];
    const [suspectedBy, buriedBy] = [new Uint32Array(count), new Uint32Array(count)];
    let running = 0;
    for (let who = 0; who < count; who++) {
      existence[who] = truth.of(who);
      side[who] = truth.sideOf(who, roster.ids);
      suspectedBy[who] = Math.max(0, suspected[who]!);
      buriedBy[who] = Math.max(0, buried[who]!);
      if (truth.isRunning(who)) running++;
    }
    for (let who = 0; who < count; who++) status[who] = 2 * buriedBy[who]! > running ? DEAD : 2 * suspectedBy[who]! > running ? SUSPECT : ALIVE;
    return {
      at: instant(at), lines: line, observer: null, count, existence, suspectedBy, buriedBy, status, side,
      incarnation: new Float64Array(count), health: new Uint8Array(count), wrong: new Uint32Array(count),
      suspectedSince: new Float64Array(count).fill(Number.NaN), suspectedUntil: new Float64Array(count).fill(Number.NaN),
      faults: truth.forces.map(({ fact }) => fact), running, agreeing: Math.round(running * curves.agreementAt(at)), isSketch: true,
    };
  }

  /** Counted on from the last stored count. */
  private countsAt(at: Instant, members: number): Omit<Counts, "upTo"> {
    const { sayings } = this.chronicle;
    const end = firstAtLeast(sayings.at, at + 1);
    const nearest = this.kept.findLast(({ upTo, suspected }) => upTo <= end && suspected.length === members);
    const counts = { suspected: nearest?.suspected.slice() ?? new Int32Array(members), buried: nearest?.buried.slice() ?? new Int32Array(members) };
    for (let saying = nearest?.upTo ?? 0; saying < end; saying++) {
      const step = byKind[sayings.kind.at(saying)] ?? null;
      const about = sayings.about.at(saying);
      if (step === null) continue;
      counts.suspected[about]! += step[0];
      counts.buried[about]! += step[1];
    }
    const last = this.kept.at(-1)?.upTo ?? 0;
    if (end - last >= STRIDE) this.kept = [...this.kept.slice(-63), { upTo: end, suspected: counts.suspected.slice(), buried: counts.buried.slice() }];
    return counts;
  }
}
