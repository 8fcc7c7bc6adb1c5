/** Blocked members: when the first other member declares each of them failed, and when all healthy ones have. Lifeguard §V's 1st Detect and Full Dissem. */

import type { Effect, Event, Instant, MemberId } from "../../../../engine/index.ts";
import type { Recorder } from "../../../index.ts";
import type { Figures } from "../model/experiment.ts";

type Watch = {
  detectedAt: number;
  readonly knownBy: Set<MemberId>;
  disseminatedAt: number;
};

/** Has not happened so far. */
const NOT_YET = -1;

/** Watches the one anomaly of a run. */
export class Blocked implements Recorder {
  private readonly members: number;
  private readonly watches = new Map<MemberId, Watch>();
  private began = 0;

  constructor(members: number) {
    this.members = members;
  }

  disrupted(at: Instant, kind: string, members: readonly MemberId[]): void {
    if (kind !== "block") return;
    this.began = at;
    for (const member of members) this.watches.set(member, { detectedAt: NOT_YET, knownBy: new Set(), disseminatedAt: NOT_YET });
  }

  stepped(at: Instant, who: MemberId, _event: Event, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === "announce" && effect.change.kind === "failed") this.failed(at, who, effect.change.member.id);
    }
  }

  private failed(at: Instant, who: MemberId, about: MemberId): void {
    const watch = this.watches.get(about);
    if (watch === undefined || who === about) return;
    if (watch.detectedAt === NOT_YET) watch.detectedAt = at;
    if (watch.disseminatedAt !== NOT_YET || this.watches.has(who)) return;
    watch.knownBy.add(who);
    if (watch.knownBy.size === this.members - this.watches.size) watch.disseminatedAt = at;
  }

  /** Seconds since the beginning of the anomaly, one for each blocked member to which it happened. */
  figures(): Figures {
    const seconds = (moments: readonly number[]): readonly number[] => moments.filter((moment) => moment !== NOT_YET).map((moment) => (moment - this.began) / 1_000_000);
    const watches = [...this.watches.values()];
    return { first: seconds(watches.map(({ detectedAt }) => detectedAt)), full: seconds(watches.map(({ disseminatedAt }) => disseminatedAt)) };
  }
}
