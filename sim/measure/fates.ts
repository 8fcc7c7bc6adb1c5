/** Fates: what becomes of datagrams, and why those that are lost are. */

/**
 * Why a datagram was lost: a fault lets nothing pass (`partition`); by chance, on the link or by an impairment (`loss`); in a bad stretch (`burst`); for
 * what it says (`kind`); it is larger than the MTU (`mtu`); the pipe's queue was full (`queue`), or what a clog holds (`clog`), or the receiver's buffer
 * (`overflow`); it could not be read any more (`corruption`); nobody listens where it goes (`nobody`).
 */
export const lossReasons = ["burst", "clog", "corruption", "kind", "loss", "mtu", "nobody", "overflow", "partition", "queue"] as const;
export type LossReason = (typeof lossReasons)[number];

/** Of datagrams: sent + duplicated + replayed = delivered + lost, for whatever reason, + inFlight. */
export type FatesResult = {
  readonly sent: number;
  /** Handed to a member, copies as well. */
  readonly delivered: number;
  /** Still under way in the end, held in a clog, or waiting for a member that stands still or is slow. */
  readonly inFlight: number;
  /** Copies that arrive about when the first does; and much later. */
  readonly duplicated: number;
  readonly replayed: number;
  /** With flipped bits; those that could not be read any more are lost as well. */
  readonly corrupted: number;
  /** Held back, so that others overtook them. */
  readonly heldBack: number;
  /** Had to wait for a clog or a jam to end. */
  readonly clogged: number;
  readonly lost: Readonly<Record<LossReason, number>>;
};

/** What happens to datagrams besides: a second copy, a late one, spoilt bits, holding back, waiting in a clog. */
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

  /** `inFlight`: how many are still under way, or wait for a member that stands still or is slow. */
  results(inFlight: number): FatesResult {
    return { sent: this.sent, delivered: this.delivered, inFlight, ...this.incidents, lost: { ...this.losses } };
  }
}

/** Everything that was put into the network, and what came of it, over several runs. */
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

/** Every figure of it, as expectations name them. */
export const fateFigures: readonly string[] = ["sent", "delivered", "inFlight", ...incidents, ...lossReasons.map((why) => `lost.${why}`)];

/** Has anything befallen them but what every network does? */
export const isRemarkable = ({ lost, ...fates }: FatesResult): boolean =>
  ["replayed", "corrupted", "heldBack", "clogged"].some((what) => fates[what as Incident] > 0) || (["burst", "clog", "corruption", "kind", "mtu", "overflow", "queue"] as const).some((why) => lost[why] > 0);
