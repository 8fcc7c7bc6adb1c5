/** What a batch of runs should have seen: else a green verdict may be an empty one. */

import { differences, isLiving, type Change } from "../../../engine/index.ts";
import type { Docket, Oracle, Scene, Taken, Watcher } from "../oracle.ts";

/** Did it come to pass in this step? */
type Sight = (taken: Taken, docket: Docket) => boolean;

const sees = (name: string, says: string, isSeen: Sight): Oracle => ({
  name,
  kind: "sometimes",
  says,
  watch: (docket): Watcher => ({ stepped: (taken) => { if (isSeen(taken, docket)) docket.tested(); } }),
});

const announces = (kind: Change["kind"]): Sight => ({ effects }) => effects.some((effect) => effect.kind === "announce" && effect.change.kind === kind);

const receives = (kind: string, { event }: Taken): boolean => event.kind === "received" && event.message.kind === kind;

/** Did an exchange of views teach whoever had it that somebody lives, or is gone, of whom it thought otherwise? */
const isRepaired: Sight = ({ event, before, after }) => {
  if ((event.kind !== "exchange-opened" && event.kind !== "exchange-answered") || before.view === after.view || before.sync.joining !== "not") return false;
  return differences(before.view, after.view).some(({ mine, theirs }) => mine !== undefined && theirs !== undefined && mine.id !== before.self.id && mine.status !== theirs.status);
};

/** Did somebody who was held dead come back whose process runs on? Then it had been parted from us, or we had been mistaken. */
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
  sees("suspicion", "a probe failed, and somebody was suspected", announces("suspected")),
  sees("confirmation", "somebody else suspected the same, on its own", announces("confirmed")),
  sees("refutation", "somebody spoke up against what was said of it", announces("refuted")),
  sees("clearance", "a suspicion was taken back", announces("cleared")),
  sees("death", "somebody was declared dead", announces("failed")),
  sees("mistake", "somebody who runs was declared dead by somebody who runs", isFalselyDead),
  sees("relay", "a probe was saved by a relay", isRelayed),
  sees("nack", "a relay said that it waited in vain", (taken) => receives("nack", taken)),
  sees("fallback", "a member answered over a stream, and its datagrams were lost", announces("datagrams-lost")),
  sees("repair", "an exchange of views changed what a member of the group believed", isRepaired),
  sees("reunion", "somebody came back whose process never ended", isReunited),
  sees("later-life", "somebody came back in a later life", isLaterLife),
  sees("goodbye", "somebody was known to have left", announces("left")),
  sees("oblivion", "somebody gone was forgotten", announces("forgotten")),
  sees("correction", "who repeated what had been refuted was told so", isCorrected),
  sees("damping", "the comings and goings of a member were kept from the application", announces("damped")),
  sees("conflict", "a name was claimed from another address, and not believed", announces("conflict")),
  sees("stall", "a member that overslept doubted itself rather than others", isStalled),
  sees("news", "a broadcast came in", announces("message")),
];
