/** Bursts: the Gilbert-Elliott channel. Losses are correlated, because what disturbs one packet disturbs the next. */

import { exp } from "../../../engine/index.ts";
import type { Bursts } from "../../scenario/harm.ts";
import { drawFor, laneOf, type Passing } from "./ground.ts";

/** Was the channel bad when the last packet passed, and when was that? */
type Channel = { isBad: boolean; at: number };

export class BurstChannel {
  private readonly bursts: Bursts;
  private readonly members: number;
  private readonly channels = new Map<number, Channel>();

  constructor(bursts: Bursts, members: number) {
    this.bursts = bursts;
    this.members = members;
  }

  /** Is this packet lost? For its first packet a channel is bad with its long-term probability. */
  loses(passing: Passing): boolean {
    const lane = laneOf(this.bursts.shared, passing, this.members);
    const channel = this.channels.get(lane);
    const isBad = drawFor(passing, "burst") < badnessNext(this.bursts, channel, passing.now);
    if (channel === undefined) this.channels.set(lane, { isBad, at: passing.now });
    else [channel.isBad, channel.at] = [isBad, Math.max(channel.at, passing.now)];
    return drawFor(passing, "burstLoss") < (isBad ? this.bursts.lossInBad : this.bursts.lossInGood);
  }
}

/** How likely the channel is to be bad for the next packet, given its state for the last. */
function badnessNext(bursts: Bursts, channel: Channel | undefined, now: number): number {
  if (channel === undefined) return usualBadness(bursts);
  if (bursts.kind === "by-packet") return channel.isBad ? 1 - bursts.r : bursts.p;
  // A Markov chain in continuous time: the influence of its last state decays exponentially. Exact, whatever happened in between.
  const left = exp(-Math.max(0, now - channel.at) * (1 / bursts.bad + 1 / bursts.good));
  return usualBadness(bursts) + ((channel.isBad ? 1 : 0) - usualBadness(bursts)) * left;
}

/** The long-term share of packets, or of time, for which the channel is bad. */
export const usualBadness = (bursts: Bursts): number =>
  bursts.kind === "by-packet" ? (bursts.p === 0 ? 0 : bursts.p / (bursts.p + bursts.r)) : bursts.bad / (bursts.bad + bursts.good);
