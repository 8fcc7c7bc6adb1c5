/** Configurations that are variants of one another differ in a handful of fields, and in nothing else. */

import { describe, expect, test } from "vitest";
import { milliseconds, presets, type Config, type PresetName } from "../../../engine/index.ts";

/** The fields in which one preset differs from another, as that one has them. */
const differences = (name: PresetName, from: PresetName): Partial<Config> =>
  Object.fromEntries(Object.entries(presets[name]).filter(([field, value]) => value !== presets[from][field as keyof Config]));

describe("the five of the Lifeguard paper", () => {
  /** Its three parts, as its §IV has them, over what it calls SWIM: each value is its. */
  const parts = {
    "lha-probe": { nackAfter: milliseconds(400), healthMax: 8, healthStretches: "period", healthPenalty: "failure" },
    "lha-suspicion": { suspicionMaxMult: 6, confirmations: 3 },
    buddy: { buddy: "every-ping" },
  } as const satisfies Partial<Record<PresetName, Partial<Config>>>;
  const names = ["lha-probe", "lha-suspicion", "buddy"] as const;

  test.each(names)("%s is the base, and its own part", (name) => expect(differences(name, "lifeguard-base")).toEqual(parts[name]));

  test("lifeguard is the base, and all three", () => {
    expect(differences("lifeguard", "lifeguard-base")).toEqual({ ...parts["lha-probe"], ...parts["lha-suspicion"], ...parts.buddy });
  });

  test("no two parts touch one field, so that none takes back another, and the five differ in seven fields of all", () => {
    const fields = names.flatMap((name) => Object.keys(parts[name]));
    expect([new Set(fields).size, fields.length]).toEqual([7, 7]);
    expect(Object.keys(presets.lifeguard).length).toBeGreaterThan(40);
  });

  test("the base is memberlist with α = 5 and all three switched off", () => {
    expect(differences("lifeguard-base", "memberlist-lan")).toEqual({ nackAfter: 0, healthMax: 0, suspicionMult: 5, suspicionMaxMult: 1, confirmations: 0, buddy: "off" });
  });
});

describe("the three of the SWIM paper", () => {
  test("differ in one field each", () => {
    expect(differences("swim-inf", "swim-inf-susp")).toEqual({ suspicion: "off" });
    expect(differences("swim-basic", "swim-inf")).toEqual({ dissemination: "multicast" });
  });
});

describe("Serf's", () => {
  test("is memberlist's, and calls those that failed, whom it remembers for a day", () => {
    expect(Object.keys(differences("serf", "memberlist-lan")).toSorted()).toEqual(["forgetAfter", "forgetWhen", "reclaimAfter", "reconnectEvery"]);
  });
});
