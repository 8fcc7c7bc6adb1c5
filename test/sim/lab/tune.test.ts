/** The parts of a search: halving, the front, bounds, points, and the words of those who run on what is found. */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { milliseconds, presets, seconds } from "../../../engine/index.ts";
import { costOf, ranked, roundsFor, type Standing, survivors, whoGoesOn } from "../../../sim/lab/tune/halving.ts";
import { breachOf, keeps, readBound, type Bound } from "../../../sim/lab/tune/objective.ts";
import { dominates, frontOf } from "../../../sim/lab/tune/pareto.ts";
import { consulKnobs, drawPoint, moreKnobs, pointOf, settingsAt } from "../../../sim/lab/tune/space.ts";
import { beyondConsul, beyondMemberlist, beyondProfile, consulHcl, consulJson, memberlistGo, nearestProfile, serfJson } from "../../../sim/lab/tune/syntax.ts";
import { passingFolder } from "../../cli/command.ts";
import { compileCell } from "../../../sim/lab/plan.ts";

const standing = (nth: number, objective: number, breach = 0, scores: readonly number[] = [objective, nth]): Standing => ({ nth, runs: 4, breach, objective, scores, estimates: {} });
const boundOf = (text: string): Bound => {
  const read = readBound(text);
  if (!read.ok) throw new Error(read.why);
  return read.bound;
};

describe("halving", () => {
  test("no more runs than were given, and as many candidates as they are enough for", () => {
    for (const evaluations of [120, 600, 2_000, 20_000]) {
      const { candidates, runs } = roundsFor(evaluations);
      expect(costOf(candidates, runs)).toBeLessThanOrEqual(evaluations);
      expect(costOf(candidates + 1, runs)).toBeGreaterThan(evaluations);
    }
    expect(costOf(27, [4, 12, 36])).toBe(27 * 4 + 9 * 8 + 3 * 24);
  });

  test("bounds before the objective, the objective before the order", () => {
    expect(ranked([standing(0, 1, 0.5), standing(1, 9), standing(2, 3), standing(3, 3)]).map(({ nth }) => nth)).toEqual([2, 3, 1, 0]);
  });

  test("the scenario as it is always goes on, then the best, then the front", () => {
    // The 8th is bad by the objective, and best in something else.
    const all = [standing(0, 50, 0, [50, 50]), ...[1, 2, 3, 4, 5, 6, 7].map((nth) => standing(nth, nth, 0, [nth, 10])), standing(8, 90, 0, [90, 0])];
    expect(survivors(9)).toBe(3);
    expect(whoGoesOn(all)).toEqual([0, 1, 8]);
  });
});

describe("the front", () => {
  test("one dominates that is nowhere worse and somewhere better; what was not measured is no part of it", () => {
    expect([dominates([1, 2], [1, 3]), dominates([1, 2], [1, 2]), dominates([1, 3], [2, 2]), dominates([1, 1], [null, 1])]).toEqual([true, false, false, true]);
    expect(frontOf([standing(1, 0, 0, [1, 5]), standing(2, 0, 0, [2, 2]), standing(3, 0, 0, [3, 3]), { nth: 4, scores: [0, null] }])).toMatchObject([{ nth: 1 }, { nth: 2 }]);
  });
});

describe("bounds", () => {
  test("are read with short names and units", () => {
    expect(boundOf("detection.p99 <= 10s")).toMatchObject({ figure: "firstDetection.p99", is: "<=", value: 10 });
    expect(boundOf("bandwidth<400")).toMatchObject({ figure: "load.bytesPerMemberSecond", is: "<", value: 400 });
  });

  test.for([["detection.p98<3s", "unknown figure"], ["detection.p99=3s", "is not a bound"], ["detection.p99<soon", "is neither a number nor a length"]])("%s is none", ([text = "", why = ""]) => {
    expect(readBound(text)).toMatchObject({ ok: false, why: expect.stringContaining(why) });
  });

  test("a breach is a share of the bound; what was not measured breaks all", () => {
    expect([breachOf(boundOf("bandwidth<400"), 399), breachOf(boundOf("bandwidth<400"), 600), breachOf(boundOf("agreement.mean>0.5"), 0.4)]).toEqual([0, 0.5, expect.closeTo(0.2)]);
    expect(breachOf(boundOf("bandwidth<400"), null)).toBe(Infinity);
  });

  test("kept surely only if the interval's far end keeps it", () => {
    const estimate = { value: 1, low: 0.5, high: 3, n: 9, censored: 0 };
    expect([keeps(boundOf("bandwidth<4"), estimate), keeps(boundOf("bandwidth<2"), estimate), keeps(boundOf("bandwidth<1"), estimate), keeps(boundOf("bandwidth>0.4"), estimate)]).toEqual(["sure", "likely", "no", "sure"]);
    expect(keeps(boundOf("bandwidth<4"), { ...estimate, high: null })).toBe("likely");
  });
});

test("every point that is drawn makes a scenario, the same for the same seed and number", () => {
  const base = presets["memberlist-lan"];
  const knobs = [...consulKnobs, ...moreKnobs];
  for (let nth = 4; nth < 60; nth++) {
    const settings = settingsAt(drawPoint("s", nth, pointOf(base), knobs), base, knobs);
    expect(compileCell("duration: 5s\nmembers: 4\npreset: memberlist-lan\n", settings)).toMatchObject({ ok: true });
    expect(settings).toEqual(settingsAt(drawPoint("s", nth, pointOf(base), knobs), base, knobs));
  }
  expect(settingsAt(pointOf(base), base, consulKnobs)).toMatchObject({ "config.periodEvery": "1s", "config.askRelaysAfter": "500ms", "config.suspicionMult": 4, "config.confirmations": 2 });
});

describe("in their own words", () => {
  const lan = presets["memberlist-lan"];

  test("memberlist's Go", () => {
    expect(memberlistGo(lan, [...consulKnobs, ...moreKnobs], "memberlist-lan")).toBe(`config := memberlist.DefaultLANConfig()
config.ProbeInterval           = 1 * time.Second
config.ProbeTimeout            = 500 * time.Millisecond
config.SuspicionMult           = 4
config.GossipInterval          = 200 * time.Millisecond
config.GossipNodes             = 3
config.RetransmitMult          = 4
config.IndirectChecks          = 3
config.SuspicionMaxTimeoutMult = 6
config.AwarenessMaxMultiplier  = 8
config.PushPullInterval        = 30 * time.Second`);
  });

  test("memberlist's Go, from the defaults of its preset, with every field that differs besides", () => {
    const local = { ...presets["memberlist-local"], healthMax: 0, syncEvery: seconds(77), streamPing: "off", reclaimAfter: seconds(9) } as const;
    expect(memberlistGo(local, ["tellMult"], "memberlist-local")).toBe(`config := memberlist.DefaultLocalConfig()
config.RetransmitMult         = 2
config.AwarenessMaxMultiplier = 1
config.PushPullInterval       = 77 * time.Second
config.DeadNodeReclaimTime    = 9 * time.Second
config.DisableTcpPings        = true`);
    expect(memberlistGo(presets["memberlist-wan"], ["gossipTo"], "memberlist-wan")).toBe("config := memberlist.DefaultWANConfig()\nconfig.GossipNodes = 4");
    expect(memberlistGo(presets.serf, ["gossipTo"], "serf")).toBe("config := memberlist.DefaultLANConfig()\nconfig.GossipNodes = 3");
  });

  test("what none of them has a word for", () => {
    const local = { ...presets["memberlist-local"], healthMax: 0, buddy: "off", forgetAfter: seconds(99) } as const;
    expect(beyondMemberlist(local, "memberlist-local")).toEqual(["buddy", "forgetAfter"]);
    expect(beyondProfile(local)).toEqual(["healthMax"]);
    expect(beyondConsul(local, ["relays", "tellMult"], "memberlist-local")).toEqual(["relays", "healthMax", "syncEvery", "gossipToDeadFor"]);
    for (const preset of ["memberlist-lan", "memberlist-wan", "memberlist-local", "serf"] as const) expect(beyondMemberlist(presets[preset], preset), preset).toEqual([]);
    // As a tuned point has it: what memberlist derives moves with what it is derived from, or is not memberlist's.
    expect(beyondMemberlist({ ...lan, askRelaysAfter: milliseconds(200) }, "memberlist-lan")).toEqual(["nackAfter", "relayFor"]);
    expect(beyondMemberlist({ ...lan, askRelaysAfter: milliseconds(200), nackAfter: milliseconds(200), relayFor: milliseconds(201) }, "memberlist-lan")).toEqual([]);
    expect(consulHcl(presets["memberlist-wan"], "memberlist-wan")).toContain("gossip_wan {");
  });

  test("Consul's gossip_lan: its own defaults come out of memberlist's", () => {
    expect(JSON.parse(consulJson(lan, "memberlist-lan"))).toEqual({ gossip_lan: { gossip_interval: "200ms", gossip_nodes: 3, probe_interval: "1s", probe_timeout: "500ms", retransmit_mult: 4, suspicion_mult: 4 } });
    expect(consulHcl(lan, "memberlist-lan")).toContain('  probe_interval  = "1s"\n');
  });

  test("Serf's profile is the nearest; each preset is nearest to itself", () => {
    expect(["memberlist-lan", "memberlist-wan", "memberlist-local"].map((name) => nearestProfile(presets[name as "memberlist-lan"]))).toEqual(["lan", "wan", "local"]);
    expect(JSON.parse(serfJson(presets.serf))).toMatchObject({ profile: "lan", reconnect_interval: "30s" });
  });

  const folder = passingFolder();

  test("a real Serf agent takes its settings, where there is one", () => {
    const found = spawnSync("serf", ["version"], { encoding: "utf8" });
    if (found.status !== 0) {
      if (process.env["CI"] !== undefined) throw new Error("required here, and Serf is not installed");
      process.stderr.write("not tested: Serf is not installed\n");
      return;
    }
    // It says whether it understood the file before it binds to an address that is none of ours.
    const file = join(folder, "serf.json");
    writeFileSync(file, serfJson(presets.serf));
    const { stdout, stderr } = spawnSync("serf", ["agent", `-config-file=${file}`, "-bind=203.0.113.1", "-rpc-addr=127.0.0.1:0"], { encoding: "utf8", timeout: 10_000 });
    expect(stdout + stderr).not.toMatch(/Error decoding|unknown|invalid keys/i);
    expect(stdout + stderr).toMatch(/assign requested address|Failed to/);
  });
});
