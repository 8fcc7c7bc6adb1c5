/** Shrinking: what is left fails as what was given, and nothing is left that could go. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant, memberId, step } from "../../../engine/index.ts";
import { oracleOf } from "../../../sim/oracle/index.ts";
import { compileScenario } from "../../../sim/scenario/index.ts";
import { scenarioText, type Written } from "../../../sim/scenario/write.ts";
import { linesOf } from "../../../sim/shrink/cast.ts";
import { lesser, writtenOut } from "../../../sim/shrink/lessen.ts";
import { milder } from "../../../sim/shrink/milder.ts";
import { minimise } from "../../../sim/shrink/minimise.ts";
import { shrink } from "../../../sim/shrink/shrink.ts";
import { playWorld } from "../../../sim/swarm/play.ts";
import { linkTo } from "../../../sim/cli/shrink/link.ts";
import { bundleFrom, spotFrom, unpacked } from "../../../viz/model/link.ts";
import { call, passingFolder } from "../../cli/command.ts";

/** The page's own: by its address, for the page's project has the DOM, and tests have not. */
const { unsqueeze } = await import(new URL("../../../viz/page/squeeze.ts", import.meta.url).href) as { readonly unsqueeze: (letters: string) => Promise<string> };

/** What the viewer itself reads out of a link. */
async function openedBy(address: string): Promise<{ readonly text: string; readonly run: number; readonly at: number; readonly who: string | null }> {
  const words = new URLSearchParams(new URL(address).hash.slice(1));
  const [first] = bundleFrom(JSON.parse(await unsqueeze(words.get("x") ?? ""))) ?? [];
  const experiment = first === undefined ? null : unpacked(first, undefined);
  const { at, member } = spotFrom((name) => words.get(name));
  expect(experiment?.file).toMatch(/\.yaml$/);
  return { text: experiment?.text ?? "", run: experiment?.run ?? -1, at: at / 1e6, who: member };
}

describe("delta debugging", () => {
  test("finds exactly what is needed, in its order, wherever it stands", () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 40 }), fc.infiniteStream(fc.boolean()), (items, coins) => {
      const needed = items.filter(() => coins.next().value === true);
      const fails = (kept: readonly number[]): boolean => needed.every((item) => kept.includes(item));
      expect(minimise(items, fails, () => false)).toEqual(needed);
    }), { seed: 71, numRuns: 200 });
  });

  test("stops when its time is up, with what it has", () => {
    let asked = 0;
    expect(minimise([1, 2, 3, 4], () => (asked++, true), () => asked > 0)).toEqual([]);
    expect(minimise([1, 2, 3, 4], () => true, () => true)).toEqual([1, 2, 3, 4]);
  });
});

/** m3 never speaks up for itself. */
const mute: typeof step = (state, event) => {
  const taken = step(state, event);
  const isSpeakingUp = state.self.id === memberId("m3") && taken[0].self.incarnation > state.self.incarnation;
  return isSpeakingUp ? [{ ...state, sync: taken[0].sync, probe: taken[0].probe, gossip: taken[0].gossip, rumours: state.rumours }, []] : taken;
};

const long: Written = {
  seed: "1", duration: "1h", members: 7, config: { syncEvery: "5s", reconnectEvery: "5s", healthMax: 0, gossipTo: 2, relays: 1 },
  network: { latency: { uniform: ["1ms", "20ms"] } },
  timeline: [
    { at: "5s", crash: ["m5", "m6"], for: "20s" }, { at: "8s", pause: ["m7"], for: "4s" },
    { at: "20s", cut: { from: "m3", to: "rest" }, for: "1m", bothWays: true },
    { at: "30s", update: { members: "m1", meta: "x" } }, { at: "40s", impair: { members: ["m6", "m7"], loss: "50%" }, for: "20s" },
  ],
};

describe("a scenario", () => {
  const shrunk = shrink({ written: long, oracle: "false-death", run: 0 }, { rule: mute })!;

  test("becomes one of a line, that breaks the same oracle", () => {
    const compiled = compileScenario(scenarioText(shrunk.written), { file: "x.yaml" });
    expect(compiled.ok).toBe(true);
    expect(compiled.ok && playWorld(compiled.scenario, { rule: mute, watched: [oracleOf("false-death")!] }).broken?.oracle).toBe("false-death");
    expect((shrunk.written["timeline"] as readonly unknown[]).length).toBe(1);
    expect(scenarioText(shrunk.written).split("\n").length).toBeLessThanOrEqual(12);
  });

  test("loses every fault of the network that it does not need", () => {
    const harmed: Written = {
      ...long, duration: "10m",
      timeline: [
        // Under weather that lasts nothing is promised, and so nothing fails: it must end.
        { at: "3s", impair: { members: "m7", bursts: { loss: "5%", meanLength: 3 }, pipe: { bandwidth: "64kB/s", queue: "8kB" }, lossOf: { ack: "2%" } }, for: "9s" },
        { at: "5s", clog: { from: "m5", to: "rest" }, for: "8s", flap: { on: "1s", off: "1s" } }, { at: "6s", swizzle: { members: ["m6", "m7"], clogFor: "1s", holdFor: "1s", unclogFor: "1s" } },
        { at: "20s", cut: { from: "m3", to: "rest" }, for: "1m", bothWays: true }, { at: "85s", partition: { ways: 2, mode: "slow", delay: "1s" }, for: "3s" },
      ],
    };
    const { written } = shrink({ written: harmed, oracle: "false-death", run: 0 }, { rule: mute }) ?? { written: harmed };
    const text = scenarioText(written);
    for (const word of ["bursts", "pipe", "lossOf", "clog", "flap", "swizzle", "slow"]) expect(text).not.toContain(word);
    expect(linesOf(written).length).toBe(1);
  });

  test("a milder one has one harm less, or half of one; names stay", () => {
    const written: Written = { network: { corrupt: { share: "8%", bits: 3 } }, timeline: [{ at: "1s", partition: { isolate: ["m1", "m2"], mode: "slow", delay: "1s" }, for: "9s" }, { at: "2s", impair: { members: "m1", loss: "1%", lossOf: { ack: "40%", ping: "1%" } } }] };
    const ofLines = milder(written).map(({ timeline }) => timeline as readonly Written[]);
    expect(ofLines).toContainEqual([{ at: "1s", partition: { isolate: ["m1", "m2"] }, for: "9s" }, linesOf(written)[1]]);
    expect(ofLines).toContainEqual([linesOf(written)[0], { at: "2s", impair: { members: "m1", loss: "1%", lossOf: { ping: "1%" } } }]);
    expect(ofLines).toContainEqual([linesOf(written)[0], { at: "2s", impair: { members: "m1", loss: "1%", lossOf: { ack: "20%", ping: "1%" } } }]);
    expect(milder(written).map(({ network }) => network)).toContainEqual({ corrupt: { share: "4%", bits: 3 } });
    expect(milder(written).map(({ network }) => network)).toContainEqual({});
  });

  test("is left alone if it does not fail", () => {
    expect(shrink({ written: long, oracle: "false-death", run: 0 })).toBeUndefined();
    expect(shrink({ written: long, oracle: "no such thing", run: 0 })).toBeUndefined();
  });
});

test("a link opens the scenario, the run, the instant and the member that it was made of, in the viewer's own reading", async () => {
  const place = { text: "members: 3 # ü\n", run: 4, at: instant(12_345_678), who: memberId("m2") };
  expect(await openedBy(linkTo(place))).toEqual({ ...place, at: 12.345678 });
});

describe("faults of members", () => {
  const faulty: Written = {
    seed: "1", duration: "1h", members: 7, config: { syncEvery: "5s", reconnectEvery: "5s", healthMax: 0, gossipTo: 2, relays: 1 },
    timeline: [
      { at: "3s", churn: { members: ["m5", "m6"], up: { exponential: { mean: "20s" } }, down: "4s" }, for: "1m" },
      { at: "4s", slow: { members: ["m7"], takes: { exponential: { mean: "50ms" } }, alarms: "in-turn" }, for: "30s" },
      { at: "5s", clock: { members: "all", rate: "2%", wall: "1h" }, for: "20s" },
      { at: "6s", churn: { events: [{ at: "4s", member: "m2", what: "crash" }, { at: "14s", member: "m3", what: "crash" }, { at: "34s", member: "m3", what: "restart" }, { at: "44s", member: "m2", what: "restart" }] } },
      { at: "2m", cut: { from: "m3", to: "rest" }, for: "1m", bothWays: true },
    ],
  };

  test("go, if they are not needed; what is left of churn are the lines that are", () => {
    const shrunk = shrink({ written: faulty, oracle: "false-death", run: 0 }, { rule: mute })!;
    const lines = shrunk.written["timeline"] as readonly Written[];
    expect(lines.length).toBeLessThanOrEqual(2);
    expect(JSON.stringify(lines)).not.toMatch(/slow|clock/);
  });

  test("are made less, boldest first", () => {
    expect(lesser({ at: "1s", slow: { members: "m1", takes: "1s" } })).toEqual([{ at: "1s", slow: { members: "m1", takes: "500ms" } }]);
    expect(lesser({ at: "1s", slow: { members: "m1", takes: { exponential: { mean: "1s" } }, alarms: "in-turn" } }).map(({ slow }) => slow)).toEqual([
      { members: "m1", takes: "100ms", alarms: "in-turn" }, { members: "m1", takes: { exponential: { mean: "1s" } } },
    ]);
    expect(lesser({ at: "1s", clock: { members: "m1", rate: "-2%", step: "9s" } }).map(({ clock }) => clock)).toEqual([
      { members: "m1", step: "9s" }, { members: "m1", rate: "-2%" }, { members: "m1", rate: "-10000ppm", step: "9s" }, { members: "m1", rate: "-2%", step: "5s" },
    ]);
    expect(lesser({ at: "1s", crash: "m1" })).toEqual([]);
  });

  test("churn that is drawn is written out as it happened in the run that fails", () => {
    const written: Written = { seed: "4", duration: "5m", members: 3, timeline: [{ at: "3s", churn: { members: "m2", up: "20s", down: "5s" }, for: "1m" }] };
    const compiled = compileScenario(scenarioText(written), { file: "x.yaml" });
    expect(compiled.ok && writtenOut(written, compiled.scenario, 0)?.["timeline"]).toEqual([
      { at: "23s", crash: "m2" }, { at: "28s", restart: "m2", incarnation: "lost", address: "same" }, { at: "48s", crash: "m2" }, { at: "53s", restart: "m2", incarnation: "lost", address: "same" },
    ]);
  });
});

describe("the command", () => {
  const folder = passingFolder();
  const bug = new URL("../../bugs/moved-in-the-same-life.yaml", import.meta.url);

  test("writes a scenario that fails as predicted, with how to look at it", async () => {
    const [file, out] = [join(folder, "long.yaml"), join(folder, "short.yaml")];
    writeFileSync(file, readFileSync(bug, "utf8").replace("members: 2", "members: 4").replace("1m54s", "1h"));
    const { code, stdout } = await call("shrink", file, "--oracle", "false-death", "--seconds", "30", "--out", out);
    expect(code).toBe(1);
    expect(readFileSync(out, "utf8")).toBe(stdout);
    expect(stdout).toMatch(/^# false-death: .*\n# Broken at .*\n# To look at it: npm run sim -- .*\n.*trace .*--from \d+s --to [\d.]+s --member m\d\n# In the browser: npm run viz, and open http.*\n/);
    expect(await openedBy(/open (http.*)$/m.exec(stdout)?.[1] ?? "")).toEqual({ text: stdout.replaceAll(/^#.*\n/gm, ""), run: 0, at: Number(/Broken at ([\d.]+)s/.exec(stdout)?.[1]), who: /--member (m\d)/.exec(stdout)?.[1] });
    const played = await call(out, "--quiet");
    expect([played.code, played.stdout]).toEqual([1, expect.stringContaining("✗ false-death")]);
  }, 60_000);

  test.each([
    [["shrink", "1/3", "--set", "network.loss=bogus"], 64, /^--set works only with a scenario: 1\/3 is a seed of the swarm/],
    [["explain", "1/3", "--set", "network.loss=5%"], 64, /^--set works only with a scenario: 1\/3 is a seed of the swarm/],
    [["shrink", "1/0", "--oracle", "nonsense"], 64, /^there is no oracle nonsense: choose one of invariants, /],
    [["shrink", "nowhere.yaml"], 66, /^there is no file nowhere\.yaml/],
  ] as const)("%j is a mistake", async (args, code, sentence) => {
    const outcome = await call(...args);
    expect([outcome.code, outcome.stdout]).toEqual([code, ""]);
    expect(outcome.stderr).toMatch(sentence);
  });

  test.each(["shrink", "explain"])("%s says so if nothing fails but a figure", async (command) => {
    const file = join(folder, "figures.yaml");
    writeFileSync(file, "duration: 5s\nmembers: 2\nexpect: [growth, suspicions > 3]\n");
    expect(await call(command, file)).toMatchObject({ code: 0, stdout: `${file} breaks no oracle; what it expects of figures (suspicions > 3) is none\n` });
  });

  test("says so if nothing fails", async () => {
    const file = join(folder, "well.yaml");
    writeFileSync(file, "duration: 5s\nmembers: 2\n");
    expect(await call("shrink", file)).toMatchObject({ code: 0, stdout: `${file} breaks no oracle\n` });
  });
});
