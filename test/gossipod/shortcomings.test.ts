/**
 * Gossipod, the prototype that came before, named seventeen things that it did not do, or did wrong. Each number begins the name of one test (numbers.test.ts counts
 * them), here, or, where sockets, keys or figures are wanted, in adapter.test.ts; what else belongs to it begins with "more of".
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addLabel, bytes, crc32, decode, decodeStream, digestOf, encode, exchangeId, instant, memberId, micros, milliseconds, nextWake,
  presets, rngFrom, sameDigest, seconds, start, step, stripLabel, viewOf, wrap, type Claim, type Config, type Effect, type Event, type State,
} from "../../engine/index.ts";
import { rumourOf, rumoursWaiting } from "../../engine/rules/dissemination.ts";
import {
  ack, after, alive, aMember, aRecord, at, dead, effectsAfter, hears, heldBy, ms, nack, newsAfter, ping, pingReq, pushPull, received, send, sendings, stateAfter, suspect, woke,
} from "../builders.ts";
import { hexOf, raw } from "../engine/wire/captures.ts";
import { announcements } from "./announcements.ts";
import { idleFields } from "./every-field.ts";

const crowd = (size: number): readonly string[] => Array.from({ length: size }, (_, number) => `m${number}`);
const gossipsIn = (effects: readonly Effect[]) => effects.flatMap((effect) => (effect.kind === "send" ? [{ to: effect.to, gossip: effect.message.gossip }] : []));
const asked = (now: number, meta: string): Event => ({ kind: "asked-to-update", now: ms(now), meta: bytes(meta) });

test("Gossipod 1: a relay that waits in vain says so, and its nack counts: a prober that hears of none doubts itself rather than its target", () => {
  const relay = stateAfter(aMember("r", { config: { nackAfter: milliseconds(400) } }), received(10, pingReq("a", "b", 7, true)));
  expect(effectsAfter(relay, woke(410))).toEqual([send("a", nack(7))]);
  const prober = stateAfter(aMember("a", { knows: ["b", "c", "d", "e"], config: { ...presets.lifeguard, streamPing: "off" } }), woke(1000), woke(1500));
  expect(stateAfter(prober, woke(2000)).health, "deaf").toBe(2);
  expect(stateAfter(prober, received(1950, nack(1)), received(1960, nack(1)), received(1970, nack(1)), woke(2000)).health, "nacks of all three").toBe(1);
});

test("Gossipod 2: two members that met know the same: views are exchanged, whole or where they differ", () => {
  for (const syncWith of ["whole", "difference"] as const) {
    const config: Partial<Config> = { syncWith, syncEvery: seconds(30) };
    const one = aMember("a", { knows: ["b", "c", "d"], config });
    const now = one.sync.syncAt / 1000;
    const [asking, effects] = after(one, woke(now));
    const [state, peer] = talk(asking, aMember("b", { knows: ["a", "e", "f"], config }), effects, now);
    expect(sameDigest(digestOf(state.view), digestOf(peer.view)), syncWith).toBe(true);
    expect(["a", "b", "c", "d", "e", "f"].map((name) => heldBy(state, name))).toEqual(Array.from({ length: 6 }, () => "alive@1"));
  }
});

/** Carries out what one wants said to the other over streams, until neither has anything to say. */
function talk(one: State, other: State, effects: readonly Effect[], now: number): readonly [State, State] {
  let [speaker, listener] = [one, other];
  for (const effect of effects) {
    if (effect.kind !== "exchange") continue;
    const [heard, answers] = after(listener, { kind: "exchange-opened", now: ms(now), from: speaker.self.address, exchange: exchangeId(1), message: effect.message });
    listener = heard;
    for (const answer of answers) {
      if (answer.kind !== "answer") continue;
      const [learned, more] = after(speaker, { kind: "exchange-answered", now: ms(now), from: listener.self.address, message: answer.message });
      [speaker, listener] = talk(learned, listener, more, now);
    }
  }
  return [speaker, listener];
}

test("Gossipod 3: damage is found by a checksum, length is saved by compression, groups are told apart by labels, and versions are spoken (encryption: adapter.test.ts)", () => {
  expect(crc32(new TextEncoder().encode("123456789"), 0)).toBe(0xcbf43926);
  const message = { ...ping("a", "b"), gossip: crowd(12).map((name) => alive(name)) };
  const [bare, checked, compressed] = [encode(message), wrap(encode(message), { crc: true }), wrap(encode(message), { compress: true })];
  expect(compressed.length).toBeLessThan(bare.length / 2);
  for (const written of [bare, checked, compressed]) expect(decode(written)).toEqual({ ok: true, message, unread: [] });
  for (let place = 1; place < checked.length; place += 7) expect(decode(checked.with(place, checked[place]! ^ 4)).ok, `byte ${place} damaged`).toBe(false);
  expect(stripLabel(addLabel(bare, bytes("blue")))).toEqual({ ok: true, label: "blue", rest: bare });
});

/** What an agent of Serf 0.9.4 said when it started: checksum, compound, two members, each with its versions. */
const BY_SERF = "0c9d96f8340702004c00430486a441646472a47f000001ab496e6361726e6174696f6e01a44d657461b3ff82a26463a465617374a4726f6c65a3776562a44e6f6465a161a4506f7274cd461aa356736e"
  + "a60105020205050486a441646472a47f000001ab496e6361726e6174696f6e01a44d657461aaff81a4726f6c65a26462a44e6f6465a162a4506f7274cd461ba356736ea6010502020505";

test("more of Gossipod 3: versions are understood as others say them, said as they are, and heeded", () => {
  const heard = decode(raw(BY_SERF));
  const claims = heard.ok && "gossip" in heard.message ? heard.message.gossip : [];
  const versions = claims.map((claim) => (claim.kind === "alive" ? claim.member.versions : null));
  expect(versions).toEqual([[1, 5, 2, 2, 5, 5], [1, 5, 2, 2, 5, 5]]);
  expect(hexOf(encode({ ...ping("a", "b"), gossip: [{ kind: "alive", member: { ...aRecord("c"), versions: [1, 5, 3, 2, 5, 4] } }] }))).toContain("a356736ea6010503020504");
  // Whoever is too old for nacks is not asked for any (memberlist rule 15).
  const old = (name: string): Claim => ({ kind: "alive", member: { ...aRecord(name, { life: 2 }), versions: [1, 3, 3, 0, 0, 0] } });
  const asking = stateAfter(aMember("a", { knows: ["b", "c", "d", "e"], config: { nackAfter: milliseconds(400) } }), hears(1, old("c"), old("d")));
  const wants = new Map(effectsAfter(asking, woke(1000), woke(1500)).flatMap((effect) => (effect.kind === "send" && effect.message.kind === "ping-req" ? [[effect.to, effect.message.wantsNack]] : [])));
  expect(new Set(wants.values())).toEqual(new Set([true, false]));
  for (const [relay, wantsNack] of wants) expect(wantsNack).toBe(relay !== at("c") && relay !== at("d"));
});

test("more of Gossipod 3: Lifeguard is whole: who failed to hear gives the next more time, who is confirmed waits less, and a suspect is told", () => {
  const knows = ["b", "c", "d", "e"];
  const gives = (config: Partial<Config>): number => {
    const { attempt } = stateAfter(aMember("a", { knows, config: { ...presets.lifeguard, streamPing: "off", ...config } }), woke(1000), woke(1500), woke(2000)).probe;
    return attempt === null ? 0 : attempt.failsAt - attempt.startedAt;
  };
  expect([gives({ healthMax: 0 }), gives({})], "deaf to all its relays: three times as long").toEqual([seconds(1), seconds(3)]);
  const suspecting = (...from: readonly string[]): readonly string[] => {
    const state = stateAfter(aMember("a", { knows, config: { ...presets.lifeguard, periodEvery: seconds(1) } }), ...from.map((name) => hears(10, suspect("b", name))));
    return newsAfter({ ...state, probe: { ...state.probe, periodEndsAt: instant(1e12) } }, woke(5_100)).filter((line) => line.startsWith("failed"));
  };
  expect([suspecting("c"), suspecting("c", "d", "e", "f")]).toEqual([[], ["failed b@1"]]);
  const warned = (buddy: Config["buddy"]): readonly unknown[] => gossipsIn(effectsAfter(aMember("a", { suspects: ["b"], config: { buddy } }), woke(1000)));
  expect(warned("every-ping")).toEqual([{ to: at("b"), gossip: [suspect("b", "a")] }]);
  expect(warned("off")).toEqual([{ to: at("b"), gossip: [] }]);
});

test("Gossipod 4: how often a rumour is told grows with the group, and no beat tells it twice to one member, or more often than there are members to tell", () => {
  const tellings = [9, 99, 999].map((size) => {
    let state = stateAfter(aMember("a", { knows: crowd(size), config: { gossipEvery: milliseconds(200), gossipTo: 3, scale: "log10", tellMult: 4, periodEvery: seconds(900) } }), asked(10, "new"));
    const beats: (readonly string[])[] = [];
    for (let now = 200; rumoursWaiting(state.rumours) > 0; now += 200) {
      const [next, effects] = after(state, woke(now));
      state = next;
      beats.push(sendings(effects));
    }
    for (const beat of beats) expect(new Set(beat).size, "each another").toBe(beat.length);
    expect(Math.max(...beats.map((beat) => beat.length))).toBe(3);
    return beats.flat().length;
  });
  expect(tellings).toEqual([8, 12, 16]);
});

test("Gossipod 5: every rumour gets its turn: whatever was told least goes next, so that all are told equally often", () => {
  let state = stateAfter(aMember("a", { knows: ["b"], config: { claimsLimit: 6 } }), hears(1, ...crowd(30).map((name) => alive(name))));
  const times = new Map<string, number>();
  for (let answers = 1; answers <= 15; answers++) {
    const [next, effects] = after(state, received(10, ping("b", "a")));
    state = next;
    for (const claim of gossipsIn(effects).flatMap(({ gossip }) => gossip)) {
      const name = claim.kind === "alive" ? claim.member.id : claim.about;
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    expect(Math.max(...times.values()) - (times.size < 30 ? 0 : Math.min(...times.values())), `after ${answers} answers`).toBeLessThanOrEqual(1);
  }
  expect([times.size, Math.min(...times.values())]).toEqual([30, 3]);
});

test("Gossipod 6: a suspicion that was only heard of has a deadline of its own, and kills whoever's probe it was", () => {
  const member = stateAfter(aMember("a", { knows: ["b", "c"] }), hears(10, suspect("b", "c")));
  const deadline = nextWake({ ...member, probe: { ...member.probe, periodEndsAt: instant(1e12) } }) / 1000;
  expect(newsAfter(member, woke(deadline))).toContain("failed b@1");
});

test("Gossipod 7: a refutation is told as what it is, alive, under the incarnation that refutes, by the accused and by all who hear it, of suspects and of the dead", () => {
  const accused = stateAfter(aMember("a", { knows: ["b"] }), hears(1, suspect("a", "b", 1)));
  expect(rumourOf(accused.rumours, memberId("a"))?.claim).toEqual(alive("a", 2));
  for (const hearer of [aMember("c", { knows: ["a"], suspects: ["b"] }), aMember("c", { knows: ["a"], mourns: ["b"] })]) {
    const told = stateAfter(hearer, hears(1, alive("b", 2)));
    expect([heldBy(told, "b"), rumourOf(told.rumours, memberId("b"))?.claim]).toEqual(["alive@2", alive("b", 2)]);
  }
});

test("Gossipod 8: the dead and the departed stay so whatever stale word comes, nothing of anybody's record is taken from it, and they are remembered for `forgetAfter`", () => {
  const member = aMember("a", { knows: ["c"], mourns: ["b"], misses: ["d"], config: { forgetAfter: seconds(60), periodEvery: seconds(900) } });
  const stale = { kind: "alive", member: { ...aRecord("c", { meta: "stale" }), address: at("x") } } as const;
  const view: Event = { kind: "exchange-opened", now: ms(11), from: at("c"), exchange: exchangeId(1), message: pushPull(false, aRecord("b"), aRecord("d")) };
  const words = [hears(10, alive("b", 1, "stale"), alive("b", 0), alive("d", 1), alive("d", 0), stale, suspect("b", "c")), view];
  const unmoved = stateAfter(member, ...words);
  expect(sameDigest(digestOf(unmoved.view), digestOf(member.view))).toBe(true);
  expect(["b", "c", "d"].map((name) => heldBy(unmoved, name))).toEqual(["dead@1", "alive@1", "left@1"]);
  expect(newsAfter(unmoved, woke(59_999))).toEqual([]);
  expect(newsAfter(unmoved, woke(60_000)).toSorted()).toEqual(["forgotten b@1", "forgotten d@1"]);
});

test("more of Gossipod 9: goodbye is said before anybody stops: first our own record says so, then others hear it, and only then are we told that we may go", () => {
  const [leaving, effects] = after(aMember("a", { knows: ["b", "c"] }), { kind: "asked-to-leave", now: ms(10) });
  expect(sendings(effects).toSorted()).toEqual([`gossip -> ${at("b")}`, `gossip -> ${at("c")}`]);
  expect([heldBy(leaving, "a"), leaving.phase.kind]).toEqual(["left@1", "leaving"]);
  const told = stateAfter(leaving, ...Array.from({ length: 20 }, () => received(20, ping("b", "a"))));
  expect(told.phase.kind, "told as often as any news").toBe("departed");
  expect(newsAfter(leaving, woke(20_000)), "or waited long enough").toContain("departed a@1");
});

test("Gossipod 10: direct and indirect phase are one probe under one seq: it ends exactly once, whenever the ack comes, and the next begins on the beat", () => {
  for (const moment of [1001, 1400, 1499, 1500, 1501, 1999]) {
    const prober = stateAfter(aMember("a", { knows: ["b", "c", "d"] }), woke(1000), ...(moment >= 1500 ? [woke(1500)] : []));
    const answered = stateAfter(prober, received(moment, ack(1)), received(moment, ack(1)));
    expect([answered.probe.attempt, answered.oddities.unexpectedAnswers, nextWake(answered)], `ack at ${moment}`).toEqual([null, 1, ms(2000)]);
    expect(newsAfter(answered, woke(2000))).toEqual([]);
  }
});

test("Gossipod 11: everybody is probed once in each pass, in an order of its own, and again within 2n − 1 periods", () => {
  const peers = crowd(8);
  let state = aMember("a", { knows: peers });
  const targets: string[] = [];
  for (let period = 1; period <= 8 * 60; period++) {
    state = stateAfter(state, woke(period * 1000));
    targets.push(state.probe.attempt?.target ?? "");
    state = stateAfter(state, received(period * 1000 + 1, ack(state.seq)));
  }
  const passes = Array.from({ length: 60 }, (_, pass) => targets.slice(8 * pass, 8 * pass + 8));
  for (const pass of passes) expect(pass.toSorted()).toEqual(peers);
  expect(new Set(passes.map((pass) => pass.join())).size, "shuffled anew").toBeGreaterThan(55);
  const gaps = targets.flatMap((target, period) => (targets.includes(target, period + 1) ? [targets.indexOf(target, period + 1) - period] : []));
  expect([Math.max(...gaps) <= 15, Math.max(...gaps) > 8]).toEqual([true, true]);
});

test("more of Gossipod 12: what is not all there yet is told from what is wrong", () => {
  const written = encode(pushPull(true, ...crowd(100).map((name) => aRecord(name, { meta: "much to say of itself" }))));
  expect(written.length, "more than one read").toBeGreaterThan(4096);
  for (let length = 0; length < written.length; length += 97) expect(decodeStream(written.subarray(0, length)), `${length} bytes`).toMatchObject({ ok: false, cutShort: true });
  expect(decodeStream(written)).toMatchObject({ ok: true, message: { kind: "push-pull", join: true }, unread: [] });
  expect(decodeStream(Uint8Array.of(99, 1, 2))).toMatchObject({ ok: false, cutShort: false });
  expect(decodeStream(Uint8Array.of(6, 0xc1))).toMatchObject({ ok: false, cutShort: false });
});

/** A push-pull that says how many records it has, and ends there: `06`, a map of `Nodes`. */
const boasting = (records: number): Uint8Array => Uint8Array.of(6, 0x81, 0xa5, 0x4e, 0x6f, 0x64, 0x65, 0x73, 0xce, ...[24, 16, 8, 0].map((bits) => (records >>> bits) & 255));

test("Gossipod 13: no datagram throws, however it is cut or forged, and nothing is set aside because a stranger says how much will come", () => {
  const whole = encode({ ...pingReq("a", "b", 7, true), gossip: [alive("c", 2, "meta"), suspect("d", "e")] });
  for (let length = 0; length < whole.length; length++) expect(() => decode(whole.subarray(0, length))).not.toThrow();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat({ max: 14 }), (noise, type) => {
    decode(Uint8Array.of(type, ...noise));
    decodeStream(Uint8Array.of(type, ...noise));
  }), { seed: 13, numRuns: 3000 });
  expect(decodeStream(boasting(1_000_000))).toMatchObject({ ok: false, cutShort: true });
  expect(decodeStream(boasting(2_000_000_000)).ok).toBe(false);
  expect(decode(Uint8Array.of(2, 0x82, 0xdb, 0xff, 0xff, 0xff, 0xff)).ok, "a key of four gigabytes").toBe(false);
});

const ENGINE = join(import.meta.dirname, "../../engine");
/** The code of the engine without its comments. */
const code = readdirSync(ENGINE, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(ENGINE, file), "utf8").replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, ""))
  .join("\n");

test("Gossipod 15: every field of the configuration makes a difference to what members do, and what is switched on is on", { timeout: 60_000 }, () => {
  expect(idleFields()).toEqual([]);
  const streams = (streamPing: "on" | "off"): number =>
    effectsAfter(aMember("a", { knows: ["b"], config: { streamPing } }), woke(1000), woke(1500)).filter(({ kind }) => kind === "exchange").length;
  expect([streams("on"), streams("off")]).toEqual([1, 0]);
  const beats = (gossipEvery: number): number => stateAfter(aMember("a", { knows: ["b"], config: { gossipEvery: micros(gossipEvery * 1000) } }), asked(10, "new")).gossip.at / 1000;
  expect([beats(100), beats(300)], "gossip has an interval of its own").toEqual([100, 300]);
  expect(code).not.toMatch(/console|println/);
});

test("Gossipod 16: whatever is odd about what comes in is counted, each kind by itself, and nothing else changes for it; and whatever changes is announced (figures of it: adapter.test.ts)", () => {
  const member = aMember("a", { knows: ["b", "c"], config: { errandsLimit: 1, versionCheck: "on", broadcastRelay: "on" } });
  const unversioned = { kind: "alive", member: { ...aRecord("b", { life: 2 }), versions: [0, 0, 0, 0, 0, 0] } } as const;
  const namesake = { kind: "alive", member: { ...aRecord("a"), address: at("x") } } as const;
  const foreign = pushPull(false, { ...aRecord("d"), versions: [7, 9, 8, 0, 0, 0] });
  const oddities: Readonly<Record<keyof State["oddities"], readonly Event[]>> = {
    misdirected: [received(10, ping("b", "x"))],
    unexpectedAnswers: [received(10, ack(99))],
    refusedErrands: [received(10, pingReq("b", "c", 1)), received(10, pingReq("b", "c", 2))],
    unanswerable: [hears(10, dead("b", "c", 4_294_967_295))],
    namesakes: [hears(10, namesake)],
    unversioned: [hears(10, unversioned)],
    incompatible: [{ kind: "exchange-opened", now: ms(10), from: at("d"), exchange: exchangeId(1), message: foreign }],
    oversized: [asked(10, "x".repeat(513))],
    unheard: [received(10, { kind: "gossip", gossip: [], userMessages: [bytes("bare")] })],
  };
  for (const [kind, events] of Object.entries(oddities)) {
    const { oddities: counted, view } = stateAfter(member, ...events);
    expect(counted, kind).toEqual({ ...member.oddities, [kind]: 1 });
    expect(view, kind).toBe(member.view);
  }
  for (const [kind, announced] of Object.entries(announcements())) expect(announced, kind).toEqual([kind]);
});

test("Gossipod 17: the same seed is the same life to the bit, another seed another; there is no clock and no chance in the engine but what it is given", () => {
  const life = (seed: number): unknown => {
    let state = start({ config: presets.swimlab, id: memberId("a"), address: at("a"), now: ms(0), seed, view: viewOf(crowd(20).map((name) => aRecord(name))) });
    const deeds: (readonly Effect[])[] = [];
    for (let now = 0; now < 100; now++) {
      const [next, effects] = step(state, now % 3 === 0 ? hears(now * 100, suspect(`m${now % 20}`, "b")) : { kind: "woke", now: nextWake(state) });
      state = next;
      deeds.push(effects);
    }
    return [state, deeds];
  };
  expect(life(1)).toEqual(life(1));
  expect(JSON.stringify(life(1)), "to the bit").toBe(JSON.stringify(life(1)));
  expect(life(1)).not.toEqual(life(2));
  expect(rngFrom(1)).toEqual(rngFrom(1));
  expect(code).not.toMatch(/\bDate\b|Math\.random|performance|crypto|setTimeout|setInterval|process\.|node:/);
});

