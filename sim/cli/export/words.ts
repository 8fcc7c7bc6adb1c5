/** The command line of `trace export`. */

import type { Command } from "commander";
import { gather } from "../manners.ts";
import { exits, Stop } from "../stop.ts";
import { shipped } from "../shipped.ts";
import type { NamedTerminal } from "../typed.ts";
import { exportRun, type ExportOptions } from "./command.ts";

export function addExport(trace: Command, terminal: NamedTerminal, end: (code: number) => void): void {
  trace
    .command("export")
    .description("export a run for other programs:\n  perfetto, chrome   Trace Event JSON, for ui.perfetto.dev and chrome://tracing\n  svg                a space-time diagram: a lane for each member, an arrow for each message\n  graphviz           who suspected whom, in DOT")
    .argument("<format>", "perfetto, chrome, svg or graphviz")
    .argument("<file>", "a trace; or a scenario, of which one run is played")
    .option("--out <file>", "write to this file instead of standard output")
    .option("--from <time>", "begin at this time, such as 10s")
    .option("--to <time>", "end at this time; for svg, by default two seconds after --from")
    .option("--member <name>", "only this member; can be repeated", gather, [])
    .option("--seed <text>", "for a scenario: the seed, instead of its own")
    .option("--run <n>", "for a scenario: which run, from 0", runNumber)
    .option("--set <path=value>", "for a scenario: change one value; can be repeated", gather, [])
    .action((format: string, file: string, options: ExportOptions) => end(exportRun(format, file, options, terminal)))
    .addHelpText("after", examples(terminal.program));
}

function runNumber(written: string): number {
  if (/^\d{1,7}$/.test(written)) return Number(written);
  throw new Stop(exits.usage, `--run ${written} is impossible: write a whole number, 0 or more`);
}

const examples = (program: string): string => `
Examples:
  ${program} trace export perfetto out/partition/run0.trace --out partition.json
  ${program} trace export svg ${shipped("scenarios/partition.yaml")} --seed 7 --run 3 --from 29s --to 31s --out split.svg
  ${program} trace export graphviz ${shipped("scenarios/crash.yaml")} --set network.loss=10% | dot -Tsvg > suspicions.svg
`;
