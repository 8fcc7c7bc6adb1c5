/** Converts a resolved scenario back to what could have been written: the reverse of compiling. */

import { presets, type Config, type Micros, type PresetName } from "../../engine/index.ts";
import type { Action, Disruption, Link, Scenario } from "./model.ts";
import { showLength } from "./quantity.ts";
import { memberFaultOf, returnOf, roomOf, tickingOf } from "./spell-faults.ts";
import { clogText, harmsText, partitionText, swizzleText } from "./spell-network.ts";
import { all, latencyOf, length, share, who } from "./spell-words.ts";
import type { Written } from "./write.ts";

/**
 * YAML values that compile to the same experiment; undefined for what can't be written line by line: an ending that belongs to one beginning (`for`), or
 * repetitions for the same members (`again`).
 */
export function spelt(scenario: Scenario): Written | undefined {
  const timeline = scenario.timeline.map((disruption) => lineOf(disruption));
  if (timeline.includes(undefined)) return undefined;
  const { preset, changes } = configIn(scenario);
  const { link, links, streamDeadline, retransmitAfter, catchUp, catchUpAlarms, receiveBuffer } = scenario.network;
  return {
    seed: scenario.seed,
    ...(scenario.runs === 1 ? {} : { runs: scenario.runs }),
    duration: showLength(scenario.duration),
    ...(scenario.start === "warm" ? {} : { start: scenario.start }),
    preset,
    ...(Object.keys(changes).length === 0 ? {} : { config: changes }),
    members: scenario.members.map(({ name, tags, meta, present, seed, clock }) => ({
      name, ...tickingOf(clock), ...(Object.keys(tags).length === 0 ? {} : { tags }), ...(meta === "" ? {} : { meta }), ...(present ? {} : { present }), ...(seed ? { seed } : {}),
    })),
    network: {
      ...behaviour(link),
      streamDeadline: showLength(streamDeadline), retransmitAfter: showLength(retransmitAfter), catchUp: showLength(catchUp),
      ...(catchUpAlarms === undefined ? {} : { catchUpAlarms }), ...roomOf(receiveBuffer),
      ...(links.length === 0 ? {} : { links: exceptionsOf(links) }),
    },
    timeline: timeline.flatMap((line) => line ?? []),
    ...(scenario.expectations.length === 0 ? {} : { expect: scenario.expectations.map(({ text }) => text) }),
  };
}

/** Harms that both directions share are written once, with `bothWays`; those that the whole network shares are left out. */
function exceptionsOf(links: Scenario["network"]["links"]): readonly Written[] {
  return links.flatMap(({ from, to, link }, place): readonly Written[] => {
    const { bursts, pipe, ...own } = link.harms ?? {};
    const isOf = (number: number): boolean => bursts?.of === number || pipe?.of === number;
    // `of` counts exceptions from 1, so it equals the index of the reverse direction, which directly follows: that one is covered by `bothWays`.
    if (place > 0 && isOf(place)) return [];
    const harms = { ...own, ...(bursts === undefined || bursts.of === 0 ? {} : { bursts }), ...(pipe === undefined || pipe.of === 0 ? {} : { pipe }) };
    return [{ from: who(from) ?? "all", to: who(to) ?? "all", ...behaviour({ ...link, harms }), ...(isOf(place + 1) ? { bothWays: true } : {}) }];
  });
}

const behaviour = ({ latency, loss, duplicate, harms }: Link): Written =>
  ({ latency: latencyOf(latency), loss: share(loss), duplicate: share(duplicate), ...harmsText(harms) });

/** The preset of that name (or swimlab), and the values that differ from it. Lengths are the only numbers written with a unit. */
function configIn({ preset, config }: Scenario): { readonly preset: string; readonly changes: Written } {
  const base: Config = presets[preset in presets ? (preset as PresetName) : "swimlab"];
  const keys = Object.keys(config) as (keyof Config)[];
  const changes = keys.filter((key) => config[key] !== base[key]).map((key) => [key, lengths.has(key) ? showLength(config[key] as Micros) : config[key]] as const);
  return { preset: preset in presets ? preset : "swimlab", changes: Object.fromEntries(changes) };
}

const lengths: ReadonlySet<keyof Config> = new Set([
  "periodEvery", "askRelaysAfter", "nackAfter", "relayFor", "gossipEvery", "gossipToDeadFor", "syncEvery", "joinAgainAfter", "reconnectEvery", "forgetAfter", "reclaimAfter",
  "flapFor", "stallAfter", "lingerFor",
]);

function lineOf({ at, action, given }: Disruption): Written | undefined {
  // The later steps of a cascade belong to one entry, and an intermittent fault has an ending: neither can be written as a line.
  const what = given !== undefined || ("flap" in action && action.flap !== undefined) ? undefined : actionOf(action, at);
  return what === undefined ? undefined : { at: length(at), ...what };
}

function actionOf(action: Action, at: number): Written | undefined {
  switch (action.kind) {
    case "heal":      return action.of === null ? { heal: "all" } : undefined;
    case "partition": return all(action.sides, (sides) => {
      const partition = partitionText(action, sides);
      return partition === undefined ? undefined : { partition };
    });
    case "clog":      return all([action.from, action.to], ([from, to]) => ({ clog: clogText(action, from!, to!), bothWays: action.bothWays }));
    case "swizzle":   return all([action.members], ([members]) => ({ swizzle: swizzleText(action, members!) }));
    case "cut":       return all([action.from, action.to], ([from, to]) => ({ cut: { from: from!, to: to! }, bothWays: action.bothWays }));
    case "impair": {
      const harm: Written = { loss: share(action.loss), duplicate: share(action.duplicate), ...(action.delay === null ? {} : { delay: latencyOf(action.delay) }), ...harmsText(action.harms) };
      return all([action.from, action.to], ([from, to]) => ({ impair: { from: from!, to: to!, ...harm }, bothWays: action.bothWays }));
    }
    case "restart":   return all([action.members], ([members]) => ({ restart: members!, ...returnOf(action) }));
    case "slow":
    case "clock":
    case "churn":
    case "replace":   return memberFaultOf(action, at);
    case "update":    return all([action.members], ([members]) => ({ update: { members: members!, meta: action.meta } }));
    case "broadcast": return all([action.members], ([members]) => ({ broadcast: { members: members!, payload: action.payload, priority: action.priority } }));
    case "send":      return all([action.from, action.to], ([from, to]) => ({ send: { from: from!, to: to!, payload: action.payload, over: action.over } }));
    default:          return all([action.members], ([members]) => ({ [action.kind]: members! }));
  }
}
