/** A member with memberlist's numbers under a punctual driver, and the diary of what it says and when. */

import {
  nextWake, presets, step, subject, type Address, type Claim, type Config, type Datagram, type Effect, type Event, type State,
} from "../../engine/index.ts";
import { ack, aMember, ms, news, received, woke, type Circumstances } from "../builders.ts";

export const lan: Config = presets["memberlist-lan"];
export const wan: Config = presets["memberlist-wan"];
export const local: Config = presets["memberlist-local"];

/** A member with memberlist's LAN numbers, but for these. */
export const aLanMember = (name: string, circumstances: Circumstances = {}): State =>
  aMember(name, { ...circumstances, config: { ...lan, ...circumstances.config } });

/** `m0`, `m1`, … */
export const crowd = (size: number): readonly string[] => Array.from({ length: size }, (_, number) => `m${number}`);

/** Something done, and when, in milliseconds. */
export type Deed = { readonly at: number; readonly effect: Effect };
export type Life = { readonly state: State; readonly deeds: readonly Deed[] };

/** What happens next because of a datagram that was sent. */
type Reply = (message: Datagram, now: number) => Event | undefined;

/** Every ping is answered after a millisecond. */
export const acked: Reply = (message, now) => (message.kind === "ping" ? received(now + 1, ack(message.seq)) : undefined);
const silence: Reply = () => undefined;

/** Wakes a member whenever it wants to be, until `end` (in milliseconds), while these things happen to it as well. */
export function live(state: State, end: number, happenings: readonly Event[] = [], reply: Reply = silence): Life {
  let current = state;
  let now = 0;
  const deeds: Deed[] = [];
  const agenda = [...happenings];
  for (;;) {
    agenda.sort((one, other) => one.now - other.now);
    const [first] = agenda;
    const wake = woke(Math.max(now, nextWake(current) / 1000));
    const event = first !== undefined && first.now <= wake.now ? first : wake;
    if (event.now > ms(end)) return { state: current, deeds };
    if (event === first) agenda.shift();
    now = event.now / 1000;
    const [next, effects] = step(current, event);
    current = next;
    for (const effect of effects) {
      deeds.push({ at: now, effect });
      const answer = effect.kind === "send" ? reply(effect.message, now) : undefined;
      if (answer !== undefined) agenda.push(answer);
    }
  }
}

/** A line for each deed: `"1000 ping b: alive a@2"`, `"1500 ping b over a stream"`, `"2000 suspected b@1"`. */
export const diary = (deeds: readonly Deed[]): readonly string[] => deeds.map(({ at, effect }) => `${at} ${deedText(effect)}`);

/** The lines of the diary that match. */
export const lines = (deeds: readonly Deed[], wanted: RegExp): readonly string[] => diary(deeds).filter((line) => wanted.test(line));

/** What it wants done, without when. */
export const deedsOf = (effects: readonly Effect[]): readonly string[] => effects.map(deedText);

function deedText(effect: Effect): string {
  switch (effect.kind) {
    case "send":     return `${effect.message.kind} ${nameAt(effect.to)}${cargo(effect.message)}`;
    case "exchange": return `${effect.message.kind} ${nameAt(effect.with)} over a stream`;
    case "answer":   return `${effect.message.kind} on stream ${effect.exchange}`;
    case "announce": return news([effect]).join("");
  }
}

const cargo = ({ gossip }: Datagram): string => (gossip.length === 0 ? "" : `: ${gossip.map(claimText).join(", ")}`);

/** `"alive b@2"`, `"suspect b@1 by a"`. */
export const claimText = (claim: Claim): string =>
  claim.kind === "alive" ? `alive ${subject(claim)}@${claim.member.incarnation}` : `${claim.kind} ${claim.about}@${claim.incarnation} by ${claim.from}`;

/** Who listens there, by the builders' plan of addresses. */
export function nameAt(address: Address): string {
  const [, net, high, low] = /^10\.(\d+)\.(\d+)\.(\d+):7946$/.exec(address) ?? [];
  return net === "0" ? String.fromCharCode(96 + Number(low)) : `m${Number(high) * 256 + Number(low)}`;
}

/** Those among these effects of one kind. */
export const ofKind = <Kind extends Effect["kind"]>(effects: readonly Effect[], kind: Kind): readonly Extract<Effect, { kind: Kind }>[] =>
  effects.filter((effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind);

/** The claims that travel in the datagrams among these effects, as text. */
export const toldIn = (effects: readonly Effect[]): readonly string[] =>
  ofKind(effects, "send").flatMap(({ message }) => message.gossip.map(claimText));

