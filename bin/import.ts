/** `import`: packet captures become a trace, and a report of what they tell. */

import { basename } from "node:path";
import { MemberError } from "../adapter/index.ts";
import { readCapture, type Capture, type CaptureOptions } from "../adapter/capture/index.ts";
import { count, exits, gather, OutFile, shipped, Stop, traceOfRun, type ExtraCommand, type Terminal } from "../sim/cli/index.ts";
import { TraceWriter } from "../trace/index.ts";
import { captureDocument } from "./capture-document.ts";
import { captureReport } from "./capture-report.ts";
import { piecesOf } from "./pieces.ts";

type Options = {
  readonly key: readonly string[];
  readonly label?: string;
  readonly port: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
};

export const importCommand: ExtraCommand = {
  name: "import",
  about: "make a trace from a packet capture of members",
  missing: `name a capture, such as capture.pcap: ${shipped("docs/capture.md")} shows how to take one`,
  define: (command, { terminal, end }) => void command
    .description("make a trace and a report from a packet capture of memberlist, Serf, Consul or Nomad members")
    .argument("<files...>", "a capture by tcpdump or Wireshark: pcap or pcapng; several, such as those of tcpdump -C, are put together by time")
    .option("--key <base64>", "a key of the group, as `serf keygen` prints it; can be repeated", gather, [])
    .option("--label <text>", "read only messages with this label; by default all, whatever their label")
    .option("--port <n>", "read only packets to or from this port; can be repeated", gather, [])
    .option("--out <file>", "where to write the trace; by default out/<name of the first capture>.trace")
    .option("--json", "print one JSON document instead of the report")
    .action((files: readonly string[], options: Options) => end(importCapture(files, options, terminal))),
};

/** Answers with 0, or with 65 if a file ends too early: what is there of it is told all the same. Throws a Stop. */
export function importCapture(files: readonly string[], options: Options, terminal: Terminal): number {
  const [first = ""] = files;
  const { out = `out/${basename(first).replace(/\.(?:pcap|pcapng|cap)\d*$/, "")}.trace`, json } = options;
  const target = new OutFile(out, traceOfRun, files, { makesFolders: true });
  const read = understood(() => readCapture(files.map(piecesOf), readOptions(options)));
  if (!read.ok) throw new Stop(exits.badData, `${files[read.file]}: ${read.why}`);
  const { capture } = read;
  const missing = capture.missing.map(({ file, why }) => `${files[file]}: ${why}`);
  const name = files.length === 1 ? basename(first) : `${basename(first)} and ${files.length - 1} more`;
  const hasMembers = capture.census.lives.size > 0;
  if (hasMembers) writeTrace(target, capture, name);
  terminal.say(json === true ? `${JSON.stringify({ ...captureDocument(capture), missing: missing.length === 0 ? null : missing.join("; ") }, null, 2)}\n` : captureReport(capture, name, terminal.width));
  if (hasMembers) terminal.remark(`written to ${out}`);
  const sealed = capture.census.unread.find(({ reason }) => reason === "undecipherable")?.count ?? 0;
  if (hasMembers && options.key.length > 0 && sealed > 0) terminal.remark(`messages not decrypted: ${count(sealed)}; if the group changed its key, name the other one with another --key`);
  for (const sentence of missing) terminal.remark(`${sentence}: everything before that was read`);
  if (!hasMembers) throw new Stop(exits.badData, `${files.join(", ")}: ${whyNobody(capture, options)}`);
  return missing.length === 0 ? 0 : exits.badData;
}

function readOptions({ key, label, port }: Options): CaptureOptions {
  return { keys: key, label, ports: port.map(portFrom) };
}

function portFrom(written: string): number {
  const port = /^\d{1,5}$/.test(written) ? Number(written) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new Stop(exits.usage, `--port ${written} is impossible: write a whole number from 1 to 65,535`);
}

/** A key that is none, or a label too long, is the user's mistake. */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof MemberError) throw new Stop(exits.usage, fault.message);
    throw fault;
  }
}

/** Nobody said anything that can be read: what to try. */
function whyNobody({ census, found }: Capture, { key }: Options): string {
  const reasons = new Set(census.unread.map(({ reason }) => reason));
  if (reasons.has("undecipherable")) return key.length === 0 ? "the members' messages are encrypted: give their key with --key" : "none of these keys decrypts the members' messages";
  if (reasons.has("label")) return "the members' messages have another label";
  return `nobody speaks memberlist here on port ${[...found.ports].join(", ")}: name another with --port`;
}

function writeTrace(out: OutFile, capture: Capture, name: string): void {
  out.makeFolders();
  out.write((write) => {
    const writer = new TraceWriter(write, aboutCapture(capture, name));
    capture.tell(writer);
    writer.end();
  });
}

/** What the trace says of itself: above all, that it is no recording. */
const aboutCapture = ({ began, census }: Capture, name: string): Readonly<Record<string, string | number>> => ({
  madeBy: "swimlab",
  kind: "capture",
  capture: name,
  began: new Date(began / 1000).toISOString(),
  members: census.lives.size,
  note: "reconstructed from packets: what members were told and said, not what they held",
});
