/** A world in which every field of the configuration makes a difference: what its members do is compared with and without. */

import {
  bytes, exchangeId, micros, milliseconds, nextWake, presets, seconds, step, type Config, type Effect, type Event, type Instant, type MemberId, type State,
} from "../../engine/index.ts";
import { playRun } from "../../sim/run.ts";
import { aMember, aRecord, aScenario, at, atSecond, dead, effectsAfter, hears, ms, named, pushPull, suspect, uniform } from "../builders.ts";

/** Another value of a field than `swimlab`'s; and, where it would make no difference there, what else has to be configured for it. */
type Change = { readonly to: Partial<Config>; readonly given?: Partial<Config> };

/** The compiler sees to it that none is missing here. */
const changes = {
  periodEvery: { to: { periodEvery: seconds(2) } },
  askRelaysAfter: { to: { askRelaysAfter: milliseconds(300) } },
  relays: { to: { relays: 1 } },
  nackAfter: { to: { nackAfter: micros(0) } },
  relayFor: { to: { relayFor: milliseconds(450) } },
  errandsLimit: { to: { errandsLimit: 0 } },
  streamPing: { to: { streamPing: "off" } },
  stagger: { to: { stagger: "none" } },
  healthMax: { to: { healthMax: 0 } },
  healthStretches: { to: { healthStretches: "period" } },
  healthPenalty: { to: { healthPenalty: "failure" } },
  suspicion: { to: { suspicion: "off" } },
  suspicionMult: { to: { suspicionMult: 2 } },
  suspicionMaxMult: { to: { suspicionMaxMult: 1 } },
  confirmations: { to: { confirmations: 0 } },
  buddy: { to: { buddy: "off" } },
  precedence: { to: { precedence: "memberlist" } },
  incarnationsPerLife: { to: { incarnationsPerLife: 0 } },
  renewal: { to: { renewal: "on" } },
  dissemination: { to: { dissemination: "multicast" } },
  gossipEvery: { to: { gossipEvery: micros(0) } },
  gossipTo: { to: { gossipTo: 1 } },
  gossipToDeadFor: { to: { gossipToDeadFor: micros(0) } },
  tellMult: { to: { tellMult: 1 } },
  scale: { to: { scale: "ln" } },
  tellOrder: { to: { tellOrder: "newest" } },
  hearFirst: { to: { hearFirst: "answer" } },
  datagramBudget: { to: { datagramBudget: 200 } },
  claimsLimit: { to: { claimsLimit: 1 } },
  metaLimit: { to: { metaLimit: 4 } },
  broadcastShare: { to: { broadcastShare: 0 }, given: { datagramBudget: 250 } },
  broadcastRelay: { to: { broadcastRelay: "off" } },
  syncEvery: { to: { syncEvery: seconds(10) } },
  syncScale: { to: { syncScale: "log2" } },
  correction: { to: { correction: "off" } },
  syncWith: { to: { syncWith: "whole" } },
  strangers: { to: { strangers: "ignore" } },
  versionCheck: { to: { versionCheck: "off" } },
  joinAgainAfter: { to: { joinAgainAfter: micros(0) } },
  newcomerTells: { to: { newcomerTells: "on" } },
  reconnectEvery: { to: { reconnectEvery: micros(0) } },
  forgetAfter: { to: { forgetAfter: seconds(20) } },
  forgetWhen: { to: { forgetWhen: "pass-ends" }, given: { forgetAfter: seconds(20) } },
  reclaimAfter: { to: { reclaimAfter: micros(0) }, given: { incarnationsPerLife: 0 } },
  flapLimit: { to: { flapLimit: 1 } },
  flapFor: { to: { flapFor: seconds(5) }, given: { flapLimit: 1 } },
  stallAfter: { to: { stallAfter: micros(0) } },
  farewells: { to: { farewells: 0 } },
  lingerFor: { to: { lingerFor: seconds(1) }, given: { tellMult: 100 } },
  roundTrips: { to: { roundTrips: "announced" } },
} satisfies Record<keyof Config, Change>;

/** The fields without which members do and say the very same. */
export function idleFields(): readonly string[] {
  const played = new Map<string, string>();
  const deeds = (config: Partial<Config>): string => {
    const key = JSON.stringify(config);
    const known = played.get(key) ?? [worldOf(config), ...livesOf(config)].join("\n");
    played.set(key, known);
    return known;
  };
  return Object.entries<Change>(changes).filter(([, { to, given = {} }]) => deeds({ ...given, ...to }) === deeds(given)).map(([field]) => field);
}

/** What is done, without the views in it, which are long. */
const told = (...what: readonly unknown[]): string => JSON.stringify(what, (key, value: unknown) => (key === "view" ? undefined : value));

/** Eleven members: two come, one crashes and is back elsewhere, one stands still, two are cut off for longer than suspicions last, one leaves; applications speak. */
function worldOf(config: Partial<Config>): string {
  const lines: string[] = [];
  const stepped = (now: Instant, who: MemberId, { kind }: Event, effects: readonly Effect[]): void => { lines.push(told(now, who, kind, effects)); };
  playRun(aScenario({
    members: 11, absent: ["m9", "m10"], config, lasts: 120, latency: uniform(1, 30), loss: 0.02,
    timeline: [
      atSecond(5, { kind: "join", members: named("m9") }),
      atSecond(6, { kind: "crash", members: named("m8") }),
      atSecond(10, { kind: "update", members: named("m1"), meta: bytes("hello") }),
      ...[11, 11.1, 11.2, 11.3].map((second) => atSecond(second, { kind: "broadcast", members: named("m1", "m2", "m4", "m6"), payload: bytes("{n}".padEnd(150, "x")), priority: "normal" })),
      atSecond(20, { kind: "pause", members: named("m5") }),
      atSecond(30, { kind: "resume", members: named("m5") }),
      atSecond(40, { kind: "cut", from: named("m0", "m1"), to: { kind: "rest" }, bothWays: true }),
      atSecond(50, { kind: "join", members: named("m10") }),
      atSecond(75, { kind: "heal", of: null }),
      atSecond(90, { kind: "restart", members: named("m8"), incarnation: "lost", address: "new" }),
      atSecond(95, { kind: "leave", members: named("m7") }),
    ],
  }), 0, { born: () => undefined, stepped, disrupted: () => undefined });
  return lines.join("\n");
}

/** What does not come about there: a suspicion of a later life, a large group's exchange of views, versions that we do not speak, a death of our own. */
function livesOf(changed: Partial<Config>): readonly string[] {
  const config: Config = { ...presets.swimlab, stagger: "none", ...changed };
  const crowd = aMember("a", { knows: Array.from({ length: 99 }, (_, number) => `m${number}`), config });
  const foreign: Event = { kind: "exchange-opened", now: ms(10), from: at("d"), exchange: exchangeId(1), message: pushPull(false, { ...aRecord("d"), versions: [7, 9, 8, 0, 0, 0] }) };
  return [
    told(effectsAfter(aMember("a", { mourns: ["b"], config }), hears(10, suspect("b", "c", 2)))),
    told(...deedsUntil(61, crowd)),
    told(effectsAfter(aMember("a", { knows: ["b"], config }), foreign)),
    told(effectsAfter(aMember("a", { knows: ["b"], life: 65_536, config }), hears(10, dead("a", "b", 65_536)))),
  ];
}

/** All that it does by itself in so many seconds, woken on time. */
function deedsUntil(second: number, born: State): readonly (readonly Effect[])[] {
  const deeds: (readonly Effect[])[] = [];
  for (let state = born; nextWake(state) <= ms(second * 1000);) {
    const [next, effects] = step(state, { kind: "woke", now: nextWake(state) });
    state = next;
    deeds.push(effects);
  }
  return deeds;
}
