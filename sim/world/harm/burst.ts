/** Bursts: the channel of Gilbert and Elliott. Losses come in stretches, because what disturbs one packet disturbs the next. */

import { exp } from "../../../engine/index.ts";
import type { Bursts } from "../../scenario/harm.ts";
import { drawFor, laneOf, type Passing } from "./ground.ts";

/** Was it bad when the last packet passed, and when was that? */
type Channel = { isBad: boolean; at: number };

export class BurstChannel {
  private readonly bursts: Bursts;
  private readonly members: number;
  private readonly channels = new Map<number, Channel>();

  constructor(bursts: Bursts, members: number) {
    this.bursts = bursts;
    this.members = members;
  }

  /** Is this packet lost? A channel that nobody has used is as likely bad as it is on average. */
  loses(passing: Passing): boolean {
    const lane = laneOf(this.bursts.shared, passing, this.members);
    const channel = this.channels.get(lane);
    const isBad = drawFor(passing, "burst") < badnessNext(this.bursts, channel, passing.now);
    if (channel === undefined) this.channels.set(lane, { isBad, at: passing.now });
    else [channel.isBad, channel.at] = [isBad, Math.max(channel.at, passing.now)];
    return drawFor(passing, "burstLoss") < (isBad ? this.bursts.lossInBad : this.bursts.lossInGood);
  }
}

/** How likely the channel is bad for the next packet, from what it was for the last. */
function badnessNext(bursts: Bursts, channel: Channel | undefined, now: number): number {
  if (channel === undefined) return usualBadness(bursts);
  if (bursts.kind === "by-packet") return channel.isBad ? 1 - bursts.r : bursts.p;
  // A chain in continuous time forgets: what is left of its last state after so long. Exact, whatever happened in between.
  const left = exp(-Math.max(0, now - channel.at) * (1 / bursts.bad + 1 / bursts.good));
  return usualBadness(bursts) + ((channel.isBad ? 1 : 0) - usualBadness(bursts)) * left;
}

/** The share of packets, or of time, that is bad. */
export const usualBadness = (bursts: Bursts): number =>
  bursts.kind === "by-packet" ? (bursts.p === 0 ? 0 : bursts.p / (bursts.p + bursts.r)) : bursts.bad / (bursts.bad + bursts.good);
