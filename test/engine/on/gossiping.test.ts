/** Gossip between probes: news told to random members, on a beat, as long as there is any. */

import { describe, expect, test } from "vitest";
import { bytes, memberId, milliseconds, NEVER, nextWake, seconds, sizeOfMessage, type Config, type Effect, type State } from "../../../engine/index.ts";
import { rumourOf, rumoursWaiting } from "../../../engine/rules/dissemination.ts";
import {
  ack, after, alive, aMember, at, dead, effectsAfter, hears, left, ms, newsAfter, ping, received, sendings, stateAfter, suspect, woke, type Circumstances,
} from "../../builders.ts";

/** Gossips every 200 ms to three, and would probe only much later. */
const talkative: Partial<Config> = { gossipEvery: milliseconds(200), gossipTo: 3, gossipToDeadFor: seconds(30), periodEvery: seconds(1_000) };
const me = (circumstances: Circumstances = {}): State =>
  aMember("a", { knows: ["b", "c", "d", "e", "f"], ...circumstances, config: { ...talkative, ...circumstances.config } });
const told = (state: State, name: string): number | undefined => rumourOf(state.rumours, memberId(name))?.told;
/** To whom these datagrams go. */
const receivers = (effects: readonly Effect[]): ReadonlySet<string> => new Set(effects.flatMap((effect) => (effect.kind === "send" ? [effect.to] : [])));
/** Who was told in so many beats. */
function audience(state: State, beats: number): ReadonlySet<string> {
  let current = state;
  const heard = new Set<string>();
  for (let beat = 0; beat < beats; beat++) {
    const [next, effects] = after(current, { kind: "woke", now: current.gossip.at });
    for (const receiver of receivers(effects)) heard.add(receiver);
    current = next;
  }
  return heard;
}

describe("the alarm", () => {
  test("is not set while there is nothing to tell: an idle member wakes for its periods only", () => {
    expect([me().gossip.at, nextWake(me())]).toEqual([NEVER, ms(1_000_000)]);
    expect(effectsAfter(me(), woke(5_000))).toEqual([]);
  });

  test.for([[10, 200], [199, 200], [200, 400], [1_234, 1_400]] as const)("is set by news at %i ms to the next beat, at %i", ([now, at]) => {
    expect(stateAfter(me(), hears(now, alive("g"))).gossip.at).toBe(ms(at));
  });

  test("keeps to the first news' beat, whatever else is heard", () => {
    expect(stateAfter(me(), hears(10, alive("g")), hears(150, alive("h"))).gossip.at).toBe(ms(200));
  });

  test("is set by what changes nothing for us, but has to be told: our own word, a farewell, a broadcast", () => {
    for (const event of [
      { kind: "asked-to-update", now: ms(10), meta: bytes("new") }, { kind: "asked-to-leave", now: ms(10) },
      { kind: "asked-to-broadcast", now: ms(10), payload: bytes("hello"), key: "", priority: "normal" },
    ] as const) expect(stateAfter(me(), event).gossip.at, event.kind).toBe(ms(200));
  });

  test("is set by a probe that fails as well", () => {
    const asking = stateAfter(aMember("a", { knows: ["b", "c"], config: { gossipEvery: milliseconds(200) } }), woke(1000));
    expect(stateAfter(asking, woke(1500), woke(2000)).gossip.at).toBe(ms(2200));
  });

  test("goes on, beat for beat, until all is told as often as it should be", () => {
    let state = stateAfter(me(), hears(10, alive("g")));
    const beats: number[] = [];
    while (state.gossip.at !== NEVER) {
      beats.push(state.gossip.at / 1000);
      state = stateAfter(state, { kind: "woke", now: state.gossip.at });
    }
    expect([beats, rumoursWaiting(state.rumours)]).toEqual([[200, 400], 0]);
    expect(nextWake(state)).toBe(ms(1_000_000));
  });

  test("is unset when the last of it rides away on something else", () => {
    let state = stateAfter(me({ config: { tellMult: 1 } }), hears(10, alive("g")));
    expect(state.gossip.at).toBe(ms(200));
    state = stateAfter(state, received(20, ping("b", "a", 1)));
    expect([rumoursWaiting(state.rumours), state.gossip.at]).toEqual([0, NEVER]);
  });

  test("that goes off late does not make up for beats that were missed, and keeps the rhythm", () => {
    const [state, effects] = after(stateAfter(me(), hears(10, alive("g"))), woke(730));
    expect([sendings(effects).length, state.gossip.at]).toEqual([3, ms(800)]);
  });

  test("is not set where nobody gossips between probes, nor by who knows nobody", () => {
    expect(stateAfter(me({ config: { gossipEvery: seconds(0) } }), hears(10, alive("g"))).gossip.at).toBe(NEVER);
    const lonely = stateAfter(me({ knows: [] }), { kind: "asked-to-update", now: ms(10), meta: bytes("new") });
    expect([rumoursWaiting(lonely.rumours), lonely.gossip.at]).toEqual([1, NEVER]);
    expect(stateAfter(lonely, hears(20, alive("b"))).gossip.at, "now there is somebody").toBe(ms(200));
  });

  test("waits for a period when there is nobody to tell it to", () => {
    const bereft = stateAfter(me({ knows: [], misses: ["b"], config: { periodEvery: seconds(1) } }), { kind: "asked-to-update", now: ms(10), meta: bytes("new") });
    const [state, effects] = after(bereft, woke(200));
    expect([effects, state.gossip.at]).toEqual([[], ms(1400)]);
  });
});

describe("on the beat", () => {
  test("as many are told as should be, each once, never ourselves; and each is a telling", () => {
    const [state, effects] = after(stateAfter(me(), hears(10, alive("g"))), woke(200));
    expect(effects).toMatchObject(Array.from({ length: 3 }, () => ({ kind: "send", message: { kind: "gossip", gossip: [alive("g")] } })));
    expect(receivers(effects).size).toBe(3);
    expect(receivers(effects)).not.toContain(at("a"));
    expect(told(state, "g")).toBe(3);
  });

  test("no more are told when nothing is left", () => {
    expect(sendings(effectsAfter(me({ config: { tellMult: 1 } }), hears(10, alive("g")), woke(200)))).toHaveLength(1);
  });

  test("everybody is told in the end, suspects too", () => {
    const state = stateAfter(me({ suspects: ["s"], config: { suspicionMult: 1_000, tellMult: 1_000 } }), hears(10, alive("g")));
    expect(audience(state, 40)).toEqual(new Set(["b", "c", "d", "e", "f", "g", "s"].map(at)));
  });

  test("a claim goes bare, several in a compound: as long as was reckoned, and no longer than a datagram", () => {
    const names = Array.from({ length: 60 }, (_, k) => `m${k}`);
    for (const heard of [names.slice(0, 1), names.slice(0, 2), names]) {
      const effects = effectsAfter(me(), hears(10, ...heard.map((name) => alive(name))), woke(200));
      expect(effects.length).toBe(3);
      for (const effect of effects) {
        expect(effect.kind === "send" && effect.size).toBe(effect.kind === "send" && sizeOfMessage(effect.message));
        expect(effect.kind === "send" && effect.size).toBeLessThanOrEqual(1400);
      }
    }
  });

  test("probes go on as if nothing were: what they carry counts as told as well", () => {
    const state = stateAfter(aMember("a", { knows: ["b"], config: { gossipEvery: milliseconds(200) } }), hears(900, alive("b", 2)), woke(1000));
    expect(told(state, "b")).toBe(2);
    expect(stateAfter(state, received(1010, ack(1))).gossip.at).toBe(ms(1200));
  });
});

describe("the dead", () => {
  /** Only b lives; d died at 100 ms. */
  const mourning = (config: Partial<Config> = {}): State => stateAfter(me({ knows: ["b", "d"], config: { tellMult: 1_000, ...config } }), hears(100, dead("d", "b")));

  test("are told as well, for a while, in case they live", () => {
    expect(audience(mourning(), 1)).toEqual(new Set([at("b"), at("d")]));
    const [, effects] = after({ ...mourning(), gossip: { at: ms(30_100), phase: ms(100) } }, woke(30_100));
    expect(receivers(effects), "thirty seconds after it died").toEqual(new Set([at("b"), at("d")]));
  });

  test("and refute, if they do", () => {
    const effect = effectsAfter(mourning(), woke(200)).find((one) => one.kind === "send" && one.to === at("d"));
    expect(effect?.kind === "send" && newsAfter(aMember("d"), received(300, effect.message))).toEqual(["refuted d@2"]);
  });

  test("are not, once they have been dead for longer", () => {
    expect(receivers(effectsAfter({ ...mourning(), gossip: { at: ms(30_101), phase: ms(101) } }, woke(30_101)))).toEqual(new Set([at("b")]));
  });

  test("are not, where that is not wanted; the departed never are", () => {
    expect(audience(mourning({ gossipToDeadFor: seconds(0) }), 3)).toEqual(new Set([at("b")]));
    expect(audience(stateAfter(me({ knows: ["b", "d"], config: { tellMult: 1_000 } }), hears(100, left("d"))), 3)).toEqual(new Set([at("b")]));
  });

  test("of a day, however many, hold up nobody: each beat tells as many of the living as it should", () => {
    const gone = Array.from({ length: 1_500 }, (_, k) => `m${k}`);
    const config = { tellMult: 1_000, forgetAfter: seconds(24 * 3600) };
    const state = stateAfter(me({ mourns: gone, config }), { kind: "asked-to-update", now: ms(60_010), meta: bytes("new") });
    let current = state;
    for (let beat = 1; beat <= 20; beat++) {
      const [next, effects] = after(current, { kind: "woke", now: current.gossip.at });
      expect(sendings(effects), `${beat}`).toHaveLength(3);
      expect(next.gossip.at, "on the next beat, not the next period").toBe(ms(60_000 + 200 * (beat + 1)));
      current = next;
    }
  });

  test("count from the first news of their death, however often it is heard", () => {
    const reminded = stateAfter(mourning(), hears(20_000, dead("d", "c", 2)));
    expect(receivers(effectsAfter({ ...reminded, gossip: { at: ms(30_101), phase: ms(101) } }, woke(30_101)))).toEqual(new Set([at("b")]));
  });
});

test("whoever hears it tells it on between probes too, so that news needs no period to go round", () => {
  const [effect] = effectsAfter(me(), hears(10, suspect("f", "b")), woke(200));
  const hearer = aMember("b", { knows: ["a", "f"], config: talkative });
  expect(effect?.kind === "send" && sendings(effectsAfter(hearer, received(201, effect.message), woke(400)))).toHaveLength(2);
});
