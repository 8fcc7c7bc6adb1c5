/** Fates: what happens to datagrams, and why some are lost. */

/**
 * Why a datagram was lost: a fault blocked it (`partition`); randomly, on the link or by an impairment (`loss`); in a burst (`burst`); because of its
 * kind (`kind`); it was larger than the MTU (`mtu`); there was no room in the pipe's queue (`queue`), in a clog (`clog`), or in the receiver's buffer
 * (`overflow`); it was corrupted (`corruption`); nobody listens at its target (`nobody`).
 */
export const lossReasons = ["burst", "clog", "corruption", "kind", "loss", "mtu", "nobody", "overflow", "partition", "queue"] as const;
export type LossReason = (typeof lossReasons)[number];

/** Counts of datagrams: sent + duplicated + replayed = delivered + lost, for all reasons, + inFlight. */
export type FatesResult = {
  readonly sent: number;
  /** Handed to a member, copies included. */
  readonly delivered: number;
  /** Under way at the end of the run, held in a clog, or waiting for a member that stands still or is slow. */
  readonly inFlight: number;
  /** Copies that arrive at about the same time as the original; and copies that arrive much later. */
  readonly duplicated: number;
  readonly replayed: number;
  /** With flipped bits; those that could not be decoded also count as lost. */
  readonly corrupted: number;
  /** Held back, so that later ones overtook them. */
  readonly heldBack: number;
  /** Had to wait for a clog or a jam to end. */
  readonly clogged: number;
  readonly lost: Readonly<Record<LossReason, number>>;
};

/** What else happens to datagrams: copies, late copies, corruption, holding back, waiting in a clog. */
const incidents = ["duplicated", "replayed", "corrupted", "heldBack", "clogged"] as const;
type Incident = (typeof incidents)[number];

export class Fates {
  private readonly losses: Record<LossReason, number> = { burst: 0, clog: 0, corruption: 0, kind: 0, loss: 0, mtu: 0, nobody: 0, overflow: 0, partition: 0, queue: 0 };
  private readonly incidents: Record<Incident, number> = { duplicated: 0, replayed: 0, corrupted: 0, heldBack: 0, clogged: 0 };
  private sent = 0;
  private delivered = 0;

  datagramSent(): void {
    this.sent++;
  }

  datagramDelivered(): void {
    this.delivered++;
  }

  lost(why: LossReason, count = 1): void {
    this.losses[why] += count;
  }

  happened(what: Incident): void {
    this.incidents[what]++;
  }

  /** `inFlight`: how many are under way, or wait for a member that stands still or is slow. */
  results(inFlight: number): FatesResult {
    return { sent: this.sent, delivered: this.delivered, inFlight, ...this.incidents, lost: { ...this.losses } };
  }
}

/** The sums over several runs. */
export function addedUp(all: readonly FatesResult[]): FatesResult {
  const sum = (of: (each: FatesResult) => number): number => all.reduce((total, each) => total + of(each), 0);
  return {
    sent: sum(({ sent }) => sent),
    delivered: sum(({ delivered }) => delivered),
    inFlight: sum(({ inFlight }) => inFlight),
    duplicated: sum(({ duplicated }) => duplicated),
    replayed: sum(({ replayed }) => replayed),
    corrupted: sum(({ corrupted }) => corrupted),
    heldBack: sum(({ heldBack }) => heldBack),
    clogged: sum(({ clogged }) => clogged),
    lost: Object.fromEntries(lossReasons.map((why) => [why, sum(({ lost }) => lost[why])])) as FatesResult["lost"],
  };
}

/** The names of all figures, as expectations use them. */
export const fateFigures: readonly string[] = ["sent", "delivered", "inFlight", ...incidents, ...lossReasons.map((why) => `lost.${why}`)];

/** Did anything happen to datagrams that does not happen in every network? */
export const isRemarkable = ({ lost, ...fates }: FatesResult): boolean =>
  ["replayed", "corrupted", "heldBack", "clogged"].some((what) => fates[what as Incident] > 0) || (["burst", "clog", "corruption", "kind", "mtu", "overflow", "queue"] as const).some((why) => lost[why] > 0);
