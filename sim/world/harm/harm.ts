/** One source of harm, a link or an impairment: everything that it does to a packet, rule by rule, in the order in which a packet meets them. */

import type { Address, Datagram } from "../../../engine/index.ts";
import type { Fates, LossReason } from "../../measure/fates.ts";
import type { Bursts, Harms, Pipe } from "../../scenario/harm.ts";
import { latencyAt } from "../latency.ts";
import { BurstChannel } from "./burst.ts";
import { spoilt, strikesDatagram } from "./corruption.ts";
import { drawFor, type Passing } from "./ground.ts";
import { PipeQueue } from "./pipe.ts";

/** What several sources, one after another, do to a datagram. */
export type Suffering = {
  /** Additional delay, in microseconds. */
  delay: number;
  /** How much later than that it is delivered again; null if it is not. */
  replayedAfter: number | null;
  /** The message as corrupted; null while it is as it was sent. */
  message: Datagram | null;
};

/** A datagram as it was sent, and the address that receivers see as its source. */
export type Sent = { readonly message: Datagram; readonly size: number; readonly from: Address };

/** Burst channels and pipes: one for each that the scenario defines, however many links use it. */
export class Media {
  private readonly members: number;
  private readonly channels = new Map<number, BurstChannel>();
  private readonly pipes = new Map<number, PipeQueue>();

  constructor(members: number) {
    this.members = members;
  }

  channel(bursts: Bursts): BurstChannel {
    return once(this.channels, bursts.of, () => new BurstChannel(bursts, this.members));
  }

  pipe(pipe: Pipe): PipeQueue {
    return once(this.pipes, pipe.of, () => new PipeQueue(pipe, this.members));
  }
}

/** The entry with this number, created if there is none; without a number, always a new one that is not shared. */
function once<What>(there: Map<number, What>, number: number | undefined, make: () => What): What {
  const known = number === undefined ? undefined : there.get(number);
  if (known !== undefined) return known;
  const made = make();
  if (number !== undefined) there.set(number, made);
  return made;
}

export class Harm {
  readonly harms: Harms;
  private readonly purposes: number;
  private readonly channel: BurstChannel | null;
  private readonly pipe: PipeQueue | null;

  /** `media`: where its channel and its pipe come from; others may share them. */
  constructor(harms: Harms, purposes: number, media: Media) {
    this.harms = harms;
    this.purposes = purposes;
    this.channel = harms.bursts === undefined ? null : media.channel(harms.bursts);
    this.pipe = harms.pipe === undefined ? null : media.pipe(harms.pipe);
  }

  /** Applies all rules to a datagram; returns why it is lost, or null. */
  befall(suffering: Suffering, { message, size, from }: Sent, packet: Omit<Passing, "purposes" | "size">, fates: Fates): LossReason | null {
    const { lossOf, corrupt, reorder, replay } = this.harms;
    const passing: Passing = { ...packet, size, purposes: this.purposes };
    const lossOfKind = lossOf?.[message.kind];
    if (lossOfKind !== undefined && drawFor(passing, "kind") < lossOfKind) return "kind";
    const wait = this.pipe?.admit(passing) ?? 0;
    if (typeof wait === "string") return wait;
    suffering.delay += wait;
    if (this.channel?.loses(passing) === true) return "burst";
    if (corrupt !== undefined && strikesDatagram(corrupt, passing)) {
      fates.happened("corrupted");
      suffering.message = spoilt(corrupt, suffering.message ?? message, from, passing);
      if (suffering.message === null) return "corruption";
    }
    if (reorder !== undefined && drawFor(passing, "reorder") < reorder.share) {
      fates.happened("heldBack");
      suffering.delay += latencyAt(reorder.by, drawFor(passing, "heldFor"));
    }
    if (replay !== undefined && drawFor(passing, "replay") < replay.share) suffering.replayedAfter = latencyAt(replay.by, drawFor(passing, "replayedAfter"));
    return null;
  }

  /** How long the pipe takes to carry what a stream sends. */
  carries(packet: Omit<Passing, "purposes">): number {
    return this.pipe?.carry({ ...packet, purposes: this.purposes }) ?? 0;
  }

  /** Must this segment of a stream be sent again? A corrupted one must: TCP's checksum detects it. */
  losesSegment(packet: Omit<Passing, "purposes">): boolean {
    const passing: Passing = { ...packet, purposes: this.purposes };
    const { lossOf, corrupt } = this.harms;
    if (lossOf?.stream !== undefined && drawFor(passing, "kind") < lossOf.stream) return true;
    if (this.channel?.loses(passing) === true) return true;
    return corrupt !== undefined && strikesDatagram(corrupt, passing);
  }
}
