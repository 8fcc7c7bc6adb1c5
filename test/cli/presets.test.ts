/** The configurations that have a name: every value with its source, on any page, for people and for programs. */

import { describe, expect, test } from "vitest";
import { presets, sourceOf, type Config, type PresetName } from "../../engine/index.ts";
import { tellPresets } from "../../sim/cli/presets/command.ts";
import { readable } from "../../sim/cli/presets/value.ts";
import { compileScenario, meaningOf } from "../../sim/scenario/index.ts";
import { call } from "./command.ts";

const names = Object.keys(presets) as readonly PresetName[];
const fields = Object.keys(presets.swimlab) as readonly (keyof Config)[];

/** What is said on a page of so many columns. */
function told(width: number, ...written: readonly string[]): string {
  let said = "";
  tellPresets(written, {}, { say: (text) => void (said += text), remark: () => {}, width, color: false, screen: null });
  return said;
}

describe("all side by side", () => {
  test("a line for each field in each family, with values, marks and sources", async () => {
    const { code, stdout } = await call("presets");
    expect(code).toBe(0);
    for (const field of fields) expect(stdout.match(new RegExp(`^ {2}${field} `, "gm")), field).toHaveLength(3);
    expect(stdout).toMatch(/^ {2}PROBING +lan +wan +local +serf +swimlab$/m);
    expect(stdout).toMatch(/^ {2}PROBING +base +lha-probe +lha-suspicion +buddy +lifeguard$/m);
    expect(stdout).toMatch(/^ {2}PROBING +swim-basic +swim-inf +swim-inf-susp$/m);
    expect(stdout).toMatch(/^ {2}periodEvery +1s +5s +· +· +· +memberlist ProbeInterval$/m);
    expect(stdout).toMatch(/^ {2}periodEvery +2s +· +· +SWIM §5$/m);
    expect(stdout).toMatch(/^ {2}reconnectEvery +never +· +· +30s +30s +not in memberlist\n +serf, swimlab: Serf ReconnectInterval$/m);
    expect(stdout).toMatch(/^ {2}confirmations +0 +· +3 +· +3 +Lifeguard §IV-B: K$/m);
  });

  test.each([80, 100, 120])("on %i columns no line is longer, and no source is lost", (width) => {
    const text = told(width);
    expect(text.split("\n").filter((line) => [...line].length > width)).toEqual([]);
    const flat = text.replace(/\s+/g, " ");
    for (const name of names) for (const field of fields) expect(flat, `${name} ${field}`).toContain(sourceOf(name, field));
  });
});

describe("one alone", () => {
  test("each field with its value, its source, and a sentence", () => {
    const text = told(100, "lifeguard");
    expect(text).toMatch(/^lifeguard\n\nPROBING\n/);
    expect(text).toMatch(/^ {2}healthMax +8 +Lifeguard §IV-A: S\n {6}The worst local health; 0 for a member that never doubts itself\.$/m);
    const flat = text.replace(/\s+/g, " ");
    for (const field of fields) {
      expect(flat).toContain(` ${field} ${readable(field, presets.lifeguard[field])} ${sourceOf("lifeguard", field)} ${meaningOf(field)}`);
    }
    expect(told(80, "lifeguard").split("\n").filter((line) => [...line].length > 80)).toEqual([]);
  });
});

describe("some compared", () => {
  test("only what differs is shown, under full names", () => {
    const text = told(100, "swim-inf", "swim-inf-susp");
    expect(text).toBe("  SUSPICION  swim-inf  swim-inf-susp\n  suspicion  off       on             SWIM §4.2\n");
    expect(told(100, "memberlist-lan", "serf").match(/^ {2}[a-z]\w+/gm)?.map((field) => field.trim())).toEqual(["reconnectEvery", "forgetAfter", "forgetWhen", "reclaimAfter"]);
  });

  test("three, of which one differs", () => {
    expect(told(100, "swim-inf", "swim-inf-susp", "swim-basic")).toMatch(/^ {2}dissemination +piggyback +· +multicast +SWIM §3\.2, §4\.1$/m);
  });

  test("a name given twice is one", () => expect(told(100, "buddy", "buddy")).toBe(told(100, "buddy")));
});

describe("--json", () => {
  test("values stand there as a scenario takes them, beside their sources", async () => {
    const { code, stdout } = await call("presets", "--json");
    const document = JSON.parse(stdout) as { readonly fields: Record<string, object>; readonly presets: Record<string, Record<string, { readonly value: string | number }>> };
    expect(code).toBe(0);
    expect(document.fields["periodEvery"]).toEqual({ subject: "probing", meaning: "The protocol period: each member probes one other in each." });
    expect(document.presets["serf"]?.["reconnectEvery"]).toEqual({ value: "30s", source: "Serf ReconnectInterval" });
    for (const name of names) {
      const config = Object.fromEntries(Object.entries(document.presets[name] ?? {}).map(([field, { value }]) => [field, value]));
      const compiled = compileScenario(JSON.stringify({ members: 2, duration: "1s", preset: "swim-basic", config }), { file: "presets.yaml" });
      expect(compiled.ok ? compiled.scenario.config : compiled.errors, name).toEqual(presets[name]);
    }
  });

  test("of some alone", async () => {
    const { stdout } = await call("presets", "serf", "--json");
    expect(Object.keys(JSON.parse(stdout).presets)).toEqual(["serf"]);
  });
});
