/** What a batch of runs should have seen: otherwise its green verdict may mean nothing. */

import { differences, isLiving, type Change } from "../../../engine/index.ts";
import type { Docket, Oracle, Scene, Taken, Watcher } from "../oracle.ts";

/** Did it happen in this step? */
type Sight = (taken: Taken, docket: Docket) => boolean;

const sees = (name: string, says: string, isSeen: Sight): Oracle => ({
  name,
  kind: "sometimes",
  says,
  watch: (docket): Watcher => ({ stepped: (taken) => { if (isSeen(taken, docket)) docket.tested(); } }),
});

const announces = (kind: Change["kind"]): Sight => ({ effects }) => effects.some((effect) => effect.kind === "announce" && effect.change.kind === kind);

const receives = (kind: string, { event }: Taken): boolean => event.kind === "received" && event.message.kind === kind;

/** Did an exchange of views correct what the member believed about another: that it lives, or that it is gone? */
const isRepaired: Sight = ({ event, before, after }) => {
  if ((event.kind !== "exchange-opened" && event.kind !== "exchange-answered") || before.view === after.view || before.sync.joining !== "not") return false;
  return differences(before.view, after.view).some(({ mine, theirs }) => mine !== undefined && theirs !== undefined && mine.id !== before.self.id && mine.status !== theirs.status);
};

/** Did a member that was held dead come back although its process never ended? Then it had been separated from us, or declared dead wrongly. */
const isReunited: Sight = ({ before, after }, { scene, numberOf }) => {
  if (before.view === after.view) return false;
  return differences(before.view, after.view).some(({ mine, theirs }) => {
    const number = theirs === undefined ? undefined : numberOf(theirs.id);
    const isBack = mine?.status === "dead" && theirs !== undefined && isLiving(theirs.status);
    return isBack && number !== undefined && scene.truth.isRunning(number) && lifeOf(mine.incarnation, scene) === lifeOf(theirs.incarnation, scene);
  });
};

const lifeOf = (incarnation: number, { scenario: { config } }: Scene): number => (config.incarnationsPerLife === 0 ? 0 : Math.floor(incarnation / config.incarnationsPerLife));

const isFalselyDead: Sight = ({ effects, who }, { scene, numberOf }) => effects.some((effect) => {
  if (effect.kind !== "announce" || effect.change.kind !== "failed" || !scene.truth.isRunning(who)) return false;
  const about = numberOf(effect.change.member.id);
  return about !== undefined && scene.truth.isRunning(about);
});

/** Did a relay's ack save a probe that would have failed? */
const isRelayed: Sight = ({ event, before, after }) => {
  const { attempt } = before.probe;
  return event.kind === "received" && event.message.kind === "ack" && attempt !== null && attempt.relays.length > 0 && event.message.seq === attempt.seq && after.probe.attempt === null;
};

const isLaterLife: Sight = ({ effects, before: { config } }) => config.incarnationsPerLife > 0 && effects.some((effect) =>
  effect.kind === "announce" && effect.change.kind === "joined" && effect.change.member.incarnation >= 2 * config.incarnationsPerLife);

const isCorrected: Sight = ({ before, event, effects }) => before.config.correction === "on" && event.kind === "received" && event.message.kind !== "ping-req" &&
  effects.some((effect) => effect.kind === "send" && effect.message.kind === "gossip" && effect.message.gossip.some((claim) => claim.kind === "alive" && claim.member.id !== before.self.id));

const isStalled: Sight = ({ before, after, event }) =>
  event.kind === "woke" && before.probe.attempt !== null && after.probe.attempt?.seq === before.probe.attempt.seq && after.probe.attempt.failsAt > before.probe.attempt.failsAt;

export const sightings: readonly Oracle[] = [
  sees("suspicion", "a probe failed, and a member was suspected", announces("suspected")),
  sees("confirmation", "a second member suspected the same member by its own probe", announces("confirmed")),
  sees("refutation", "a member refuted a claim about itself", announces("refuted")),
  sees("clearance", "a suspicion was cleared", announces("cleared")),
  sees("death", "a member was declared dead", announces("failed")),
  sees("mistake", "a running member was declared dead by a running member", isFalselyDead),
  sees("relay", "a probe was answered after relays had been asked", isRelayed),
  sees("nack", "a relay answered with a nack", (taken) => receives("nack", taken)),
  sees("fallback", "a member answered over a stream while its datagrams were lost", announces("datagrams-lost")),
  sees("repair", "an exchange of views changed a member's view", isRepaired),
  sees("reunion", "a member held dead came back, and its process had never ended", isReunited),
  sees("later-life", "a member came back in a later life", isLaterLife),
  sees("goodbye", "a member was known to have left", announces("left")),
  sees("oblivion", "a gone member was forgotten", announces("forgotten")),
  sees("correction", "a member that repeated a refuted accusation was corrected", isCorrected),
  sees("damping", "a member's flaps were kept from the application (damping)", announces("damped")),
  sees("conflict", "a name was claimed from another address, and the claim was rejected", announces("conflict")),
  sees("stall", "a member that woke late doubted itself instead of others", isStalled),
  sees("news", "a broadcast was received", announces("message")),
];
