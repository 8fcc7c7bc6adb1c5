/** The figures of one finished run, for comparing two runs: few, and named as in reports. */

import type { Observation, RunResult } from "../../sim/index.ts";
import type { Figure } from "../model/run.ts";
import { announcementKinds, type AnnouncementWord, codeIn, verdicts, type VerdictWord } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";

export function figuresOf(result: RunResult): readonly Figure[] {
  const { falsePositives, load } = result;
  return [
    count("false positives", falsePositives.count),
    count("victims of false positives", falsePositives.victims),
    seconds("seconds of false death", falsePositives.falseDeathSeconds),
    count("evictions by partition", result.partitionEvictions),
    count("suspicions", result.suspicions),
    count("refutations", result.refutations),
    longest("first detection, longest", result.crashes.map(({ firstDetection }) => firstDetection)),
    longest("full dissemination, longest", result.crashes.map(({ fullDissemination }) => fullDissemination)),
    longest("convergence, longest", result.disruptions.flatMap(({ convergence }) => convergence ?? [])),
    number("datagrams per member-second", load.datagrams / result.memberSeconds),
    number("bytes per member-second", load.bytes / result.memberSeconds),
    number("mean health", result.health.mean),
    count("steps", result.events),
  ];
}

/** The figures that can be counted in a recording, under the same names. */
export function countedIn({ sayings, messages, lines, outages, roster, until }: Chronicle): readonly Figure[] {
  const failed = codeIn(announcementKinds, "failed");
  const of = (kind: AnnouncementWord): number => sayings.columns().kind.reduce((sum, code) => sum + Number(code === codeIn(announcementKinds, kind)), 0);
  const deaths = (verdict: VerdictWord): number => {
    const { kind, verdict: found } = sayings.columns();
    return kind.reduce((sum, code, n) => sum + Number(code === failed && found[n] === codeIn(verdicts, verdict)), 0);
  };
  const lost = outages.reduce((sum, outage) => sum + Math.min(outage.until, until) - outage.since, 0);
  const memberSeconds = Math.max(1e-6, (roster.ids.length * until - lost) / 1e6);
  const bytes = messages.size.copy().reduce((sum, size) => sum + size, 0);
  return [
    count("false positives", deaths("false")), count("evictions by partition", deaths("parted")), count("deaths announced", of("failed")),
    count("suspicions announced", of("suspected")), count("refutations", of("refuted")),
    number("messages per member-second", messages.count / memberSeconds), number("bytes per member-second", bytes / memberSeconds), count("steps", lines.count),
  ];
}

const count = (name: string, worth: number): Figure => ({ name, worth, value: worth.toLocaleString("en-US") });
const number = (name: string, worth: number): Figure => ({ name, worth, value: worth.toPrecision(3) });
const seconds = (name: string, worth: number): Figure => ({ name, worth, value: `${worth.toFixed(1)} s` });

/** The longest observation; censored if any is. */
function longest(name: string, observations: readonly Observation[]): Figure {
  if (observations.length === 0) return { name, worth: null, value: "none" };
  const worth = Math.max(...observations.map((seen) => ("seconds" in seen ? seen.seconds : seen.censoredAfter)));
  const isCensored = observations.some((seen) => "censoredAfter" in seen);
  return { name, worth: isCensored ? null : worth, value: `${isCensored ? "over " : ""}${worth.toFixed(2)} s` };
}
