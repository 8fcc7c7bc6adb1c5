/** `trace export`: writes a run in a format for other programs. */

import { instant, type Instant } from "../../../engine/index.ts";
import { GraphRecorder, MOST_ARROWS, PerfettoRecorder, SpaceTime, spaceTimeSvg, type Window } from "../../../trace/index.ts";
import { nearest } from "../../scenario/nearest.ts";
import { count } from "../report/wording.ts";
import { type FileKind, gathered, OutFile } from "../out/file.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { moment } from "../trace.ts";
import { type Choice, type Source, sourceOf } from "./source.ts";

export type ExportOptions = Choice & { readonly from?: string; readonly to?: string; readonly member: readonly string[]; readonly out?: string };

export const formats = ["perfetto", "chrome", "svg", "graphviz"] as const;
type Format = (typeof formats)[number];

/** The default length of what a picture shows: two seconds. */
const USUAL_WINDOW = 2_000_000;
/** Later than any run ends. */
const LATE = instant(Number.MAX_SAFE_INTEGER);

/** Returns 0, or 65 if the trace is damaged: the rest of it is exported all the same. Throws a Stop. */
export function exportRun(wanted: string, file: string, options: ExportOptions, terminal: Terminal): number {
  const format = formatOf(wanted);
  const out = options.out === undefined ? null : new OutFile(options.out, kindOf(format), [file]);
  const source = sourceOf(file, options);
  const window = windowOf(format, source, options);
  const tell = (write: (text: string) => void): string | null => gathered(write, (gather) => exported(format, source, window, gather));
  const missing = out === null ? tell(terminal.say) : out.write(tell);
  if (out !== null) terminal.remark(`written to ${out.path}`);
  if (missing === null) return 0;
  terminal.remark(`${file}: ${missing}`);
  return exits.badData;
}

function formatOf(wanted: string): Format {
  const format = formats.find((known) => known === wanted);
  if (format !== undefined) return format;
  const near = nearest(wanted, formats);
  throw new Stop(exits.usage, `there is no format ${wanted}: ${near === undefined ? `choose one of ${formats.join(", ")}` : `did you mean ${near}?`}`);
}

/** How files in this format begin. */
function kindOf(format: Format): FileKind {
  switch (format) {
    case "perfetto":
    case "chrome":   return { what: "an export of Trace Event JSON", isOne: (beginning) => beginning.startsWith('{"displayTimeUnit"') };
    case "svg":      return { what: "an export of a picture", isOne: (beginning) => beginning.startsWith("<svg ") };
    case "graphviz": return { what: "an export of suspicions", isOne: (beginning) => beginning.startsWith("digraph suspicions {") };
  }
}

function windowOf(format: Format, source: Source, { from, to, member }: ExportOptions): Window {
  const begin = from === undefined ? instant(0) : moment("--from", from);
  const usual = (format === "svg" ? begin + USUAL_WINDOW : LATE) as Instant;
  const end = to === undefined ? usual : moment("--to", to);
  if (end <= begin) throw new Stop(exits.usage, "--to must be later than --from");
  return { from: begin, to: end, members: member.length === 0 ? null : new Set(member.map(source.memberNamed)) };
}

/** Passes the run to the writer of this format. Returns what is missing. */
function exported(format: Format, source: Source, window: Window, write: (text: string) => void): string | null {
  switch (format) {
    case "perfetto":
    case "chrome": {
      const recorder = new PerfettoRecorder(write, source.about, window, source.hasTruth);
      const missing = source.tell(recorder.witness);
      recorder.end();
      return missing;
    }
    case "graphviz": {
      const recorder = new GraphRecorder(window, source.hasTruth);
      const missing = source.tell(recorder.witness);
      write(recorder.text(source.title));
      return missing;
    }
    case "svg": {
      const seen = new SpaceTime(window, source.hasTruth);
      const missing = source.tell(seen.witness);
      seen.end();
      if (seen.arrows > MOST_ARROWS) throw new Stop(exits.usage, `${count(seen.arrows)} messages are too many for a picture: choose a shorter time with --from and --to, or fewer members with --member`);
      write(spaceTimeSvg(seen, source.title));
      return missing;
    }
  }
}
