/** `explore`: explores every run of a small world and reports the result; the path to a violation becomes a trace. */

import { explore, type Explored } from "../../explore/explore.ts";
import { type Limits, readSmallWorld } from "../../explore/read.ts";
import { retellPath } from "../../explore/retell.ts";
import { type Move, nameOf, type SmallWorld } from "../../explore/world.ts";
import { TraceWriter } from "../../../trace/index.ts";
import { describeError } from "../../scenario/index.ts";
import { readScenarioText } from "../file.ts";
import { OutFile, traceOfRun } from "../out/file.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";

export type ExploreOptions = { readonly states: number; readonly minutes?: number; readonly out?: string; readonly losses?: number; readonly crashes?: number; readonly delays?: number; readonly leaves?: number };

const MINUTE = 60_000;

/** Returns 0 if everything was explored and holds, 1 if something is violated, 2 if not everything was explored. Throws a Stop. */
export function exploreCommand(file: string, options: ExploreOptions, terminal: Terminal): 0 | 1 | 2 {
  const out = options.out === undefined ? null : new OutFile(options.out, traceOfRun, [file]);
  const { losses, crashes, delays, leaves, minutes, states: most } = options;
  const found = readSmallWorld(readScenarioText(file), file, defined({ losses, crashes, delays, leaves }));
  if (!found.ok) throw new Stop(exits.badData, found.errors.map(describeError).join("\n"));
  const { world } = found;
  terminal.remark(`exploring ${world.name}: members=${world.members} losses=${world.losses} delays=${world.delays} crashes=${world.crashes} leaves=${world.leaves} states=${most} file=${file}`);
  const [began, used] = [performance.now(), process.cpuUsage()];
  const explored = explore(world, { most, isTimeUp: () => minutes !== undefined && performance.now() - began > minutes * MINUTE });
  const { user, system } = process.cpuUsage(used);
  terminal.say(reportOf(world, explored, (user + system) / 1e6));
  if (explored.broken !== null && out !== null) writeTrace(out, world, explored.broken.path);
  if (explored.broken !== null) return 1;
  return explored.isWhole ? 0 : 2;
}

const defined = (limits: Readonly<Record<string, number | undefined>>): Limits => Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));

const count = (x: number): string => x.toLocaleString("en-US");

function reportOf(world: SmallWorld, { situations, moves, depth, isWhole, agrees, agreed, broken }: Explored, seconds: number): string {
  const rate = seconds === 0 ? 0 : Math.round(moves / seconds);
  return `${[
    `${count(situations)} situations, ${count(moves)} moves looked at, the farthest ${depth} moves away; all agree in ${count(agreed)}`,
    `${seconds.toFixed(1)} s of processor time: ${count(rate)} moves a second and core`,
    isWhole ? "that is all that can happen" : broken === null ? "that is not all that can happen: the limit was reached" : "the search ended at what is broken",
    ...(agrees === null ? [] : [agrees ? "every fair run comes to agreement, again and again" : "there are situations from which no way leads to agreement"]),
    ...(broken === null ? [] : [`broken: ${broken.oracle}, ${nameOf(broken.member)}: ${broken.why}, after ${broken.path.length} moves:`, ...broken.path.map((move) => `  ${phrase(move)}`)]),
    `explored=${world.name.replaceAll(" ", "-")} situations=${situations} verdict=${broken !== null ? "fail" : isWhole ? "pass" : "unknown"}`,
  ].join("\n")}\n`;
}

function phrase(move: Move): string {
  switch (move.kind) {
    case "wake":  return `${nameOf(move.member)} wakes`;
    case "leave": return `${nameOf(move.member)} says goodbye`;
    case "crash": return `${nameOf(move.member)} crashes`;
    case "pass":  return "time passes until the next alarm";
    default:      return `${move.kind} message ${move.flight} of those under way`;
  }
}

function writeTrace(out: OutFile, world: SmallWorld, moves: readonly Move[]): void {
  out.write((write) => {
    const writer = new TraceWriter(write, { madeBy: "swimlab", scenario: world.name });
    retellPath(world, moves, writer);
    writer.end();
  });
}
