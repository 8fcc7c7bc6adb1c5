/** Portraits: the parts of a member or a message that decide what can happen next, added to lanes. Times count from now, and members are replaced by their places. */

import {
  claimed, find, firstName, firstOfAgenda, firstRank, lookUp, NEVER, nextLiving, rankOf, rumourOf, sizeOf, strikeFirst, claimsWaiting, subject,
  type Address, type Claim, type Errand, type Instant, type MemberId, type Message, type State, type View, type Walk,
} from "../../engine/index.ts";
import { numberOf } from "../world/address.ts";
import type { Lanes } from "./lanes.ts";
import type { Order } from "./order.ts";
import { nameOf, type Flight } from "./world.ts";

type Places = readonly number[];

export class Portraits {
  private readonly everybody: View;
  /** Caches: what each view holds about each member, and which members each pass has still to visit. */
  private readonly standings = new WeakMap<View, readonly number[]>();
  private readonly ahead = new WeakMap<Walk, readonly number[]>();

  /** `everybody` is a view in which all are alive: it gives the order in which a pass would visit them. */
  constructor(everybody: View) {
    this.everybody = everybody;
  }

  /** Everything of a member except the meaning of other members' seqs. */
  addState(lanes: Lanes, state: State, now: Instant, { places, order }: Order): void {
    const { probe, self, health, suspicions, listensUntil, rumours, gossip, errands, tombstones, sync, phase, view, config } = state;
    lanes.add(self.incarnation);
    lanes.add(health);
    lanes.add(Math.max(0, listensUntil - now));
    lanes.add(phase.kind.length);
    if (phase.kind === "leaving") lanes.add(relative(phase.until, now));
    lanes.add(relative(probe.periodEndsAt, now));
    lanes.add(relative(gossip.at, now));
    lanes.add(config.gossipEvery === 0 ? 0 : modulo(gossip.phase - now, config.gossipEvery));
    lanes.add(relative(sync.syncAt, now));
    lanes.add(relative(sync.reconnectAt, now));
    lanes.add(relative(sync.joinAgainAt, now));
    lanes.add(sync.joining.length);
    const standings = this.standingsIn(view);
    for (const other of order) {
      lanes.add(standings[other]!);
      if (suspicions === null && tombstones === null) continue;
      const id = nameOf(other);
      const suspicion = lookUp(suspicions, id);
      if (suspicion !== undefined) {
        lanes.add(relative(rankOf(suspicions, id)!, now));
        lanes.add(relative(suspicion.since, now));
        lanes.add(suspicion.wanted);
        lanes.add(suspicion.least);
        lanes.add(suspicion.most);
        lanes.add(placeIn(places, suspicion.by));
        lanes.add(suspicion.confirmedBy.reduce((sum, by) => sum + (1 << placeIn(places, by)), 0));
      }
      const goesAt = rankOf(tombstones, id);
      if (goesAt !== undefined) lanes.add(relative(goesAt, now));
    }
    this.addWalk(lanes, probe.walk, places);
    const { attempt } = probe;
    if (attempt !== null) {
      lanes.add(relative(attempt.startedAt, now));
      lanes.add(relative(attempt.askRelaysAt, now));
      lanes.add(relative(attempt.failsAt, now));
      lanes.add(placeIn(places, attempt.target));
      lanes.add(attempt.incarnation);
      lanes.add(attempt.nacksWanted);
      lanes.add(attempt.nacks);
      lanes.add(attempt.isStreamAnswered ? 1 : 0);
      lanes.add(attempt.relays.reduce((sum, id) => sum + (1 << placeIn(places, id)), 0));
    }
    for (const claim of claimsWaiting(rumours)) {
      this.addClaim(lanes, claim, places);
      lanes.add(rumourOf(rumours, subject(claim))?.told ?? 0);
    }
    for (let rest = errands; rest !== null; rest = strikeFirst(rest)) this.addErrand(lanes, firstOfAgenda(rest)!, relative(firstRank(rest, NEVER), now), now, places);
  }

  private addErrand(lanes: Lanes, { target, sentAt, until, client }: Errand, due: number, now: Instant, places: Places): void {
    lanes.add(due);
    lanes.add(placeIn(places, target));
    lanes.add(relative(sentAt, now));
    lanes.add(relative(until, now));
    if (client.kind === "application") return;
    const whose = memberAt(client.address);
    lanes.add(placeIn(places, nameOf(whose)));
    lanes.add(client.wantsNack ? 1 : 0);
  }

  /** The members that the pass would still visit if all were alive: it skips those that are not. */
  private addWalk(lanes: Lanes, walk: Walk, places: Places): void {
    if (walk.firstId === null) return lanes.add(walk.key);
    for (const member of this.aheadOf(walk)) lanes.add(places[member]!);
    lanes.add(-2);
  }

  private aheadOf(walk: Walk): readonly number[] {
    const known = this.ahead.get(walk);
    if (known !== undefined) return known;
    const ahead: number[] = [];
    for (let [member, rest] = nextLiving(this.everybody, walk); member !== undefined; [member, rest] = nextLiving(this.everybody, rest)) ahead.push(memberOf(member.id));
    this.ahead.set(walk, ahead);
    return ahead;
  }

  private standingsIn(view: View): readonly number[] {
    const known = this.standings.get(view);
    if (known !== undefined) return known;
    const standings = Array.from({ length: sizeOf(this.everybody) }, (_, member) => standingIn(view, member));
    this.standings.set(view, standings);
    return standings;
  }

  private addClaim(lanes: Lanes, claim: Claim, places: Places): void {
    lanes.add(statuses.indexOf(claim.kind) * 64 + placeIn(places, subject(claim)));
    lanes.add(claimed(claim));
    if (claim.kind !== "alive") lanes.add(placeIn(places, claim.from));
  }

  /** Everything of a message under way except the meaning of its seq. */
  addFlight(lanes: Lanes, { from, to, kind, isLate, message }: Flight, { places, order }: Order): void {
    lanes.add(places[from] ?? -1);
    lanes.add(places[to] ?? -1);
    lanes.add(kind.length);
    lanes.add(isLate ? 1 : 0);
    this.addMessage(lanes, message, places, order);
  }

  private addMessage(lanes: Lanes, message: Message, places: Places, order: readonly number[]): void {
    lanes.add(message.kind.length * 32 + message.kind.charCodeAt(0));
    if (message.kind === "ping-req") {
      lanes.add(placeIn(places, message.target));
      lanes.add(placeIn(places, message.source));
      lanes.add(message.wantsNack ? 1 : 0);
    }
    if ("gossip" in message) for (const claim of message.gossip) this.addClaim(lanes, claim, places);
    if ("view" in message) {
      const standings = this.standingsIn(message.view);
      for (const other of order) lanes.add(standings[other]!);
    }
    if (message.kind === "compare") for (const { high, low } of message.digests) lanes.add(high ^ low);
    if (message.kind === "push-pull") lanes.add(message.join ? 1 : 0);
  }
}

const statuses = ["alive", "suspect", "dead", "left"];

const standingIn = (view: View, member: number): number => {
  const held = find(view, nameOf(member));
  return held === undefined ? -1 : held.incarnation * 16 + statuses.indexOf(held.status);
};

/** Relative to now; −1 for never. Everything beyond the horizon counts as equally far: it never comes nearer. */
export const relative = (at: number, now: Instant): number => (at === NEVER ? -1 : at - now > FAR ? FAR : at - now);
const FAR = 1_800_000_000;

/** The question that a seq belongs to: 0 for the current probe, n for the n-th errand; −1 for none, and then it never belongs to one again. */
export function questionOf(asker: State | undefined, seq: number): number {
  if (asker === undefined) return -1;
  if (asker.probe.attempt?.seq === seq) return 0;
  let place = 1;
  for (let rest = asker.errands; rest !== null; rest = strikeFirst(rest), place++) if (Number(firstName(rest)) === seq) return place;
  return -1;
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

const placeIn = (places: Places, id: MemberId): number => places[memberOf(id)] ?? -1;

/** Names are m1 to m9: nine members at most. */
const memberOf = (id: MemberId): number => id.charCodeAt(1) - 49;
const memberAt = (where: Address): number => numberOf(where);
