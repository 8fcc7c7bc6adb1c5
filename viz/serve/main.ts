/** `npm run viz`: serves the viewer; with files or folders, the page opens these traces, or plays these scenarios. */

import { createServer } from "vite";
import { recordingsPlugin, servedFiles } from "./recordings.ts";
import config from "./vite.config.ts";

/** As in other commands: 64 for usage, 66 for files that cannot be read. */
const exits = { usage: 64, noInput: 66 } as const;

const HELP = `Usage: npm run viz [-- FILE | FOLDER]…

Serves the viewer and prints its address. Without arguments, the page offers the
shipped scenarios; with files or folders (their .trace and .flight) it opens these
recordings, merging those of one group's members; a scenario (.yaml) is played.
Ctrl-C ends it.

Examples:
  npm run viz
  npm run viz -- scenarios/partition.yaml
  npm run sim -- scenarios/crash.yaml --runs 1 --trace --out out/crash && npm run viz -- out/crash
  npm run viz -- a.flight b.flight

docs/viewer.md explains what the page shows and how to navigate it.
`;

const [paths, options] = [process.argv.slice(2).filter((word) => !word.startsWith("-")), process.argv.slice(2).filter((word) => word.startsWith("-"))];
const served = servedFiles(paths);
if (options.some((option) => option === "--help" || option === "-h")) {
  process.stdout.write(HELP);
} else if (options.length > 0) {
  process.stderr.write(`unknown option ${options[0] ?? ""}: see --help\n`);
  process.exitCode = exits.usage;
} else if (!served.ok) {
  process.stderr.write(`${served.why}\n`);
  process.exitCode = exits.noInput;
} else {
  const server = await createServer({ ...config, configFile: false, logLevel: "warn", plugins: [recordingsPlugin(served.files)] });
  await server.listen();
  const [address = ""] = server.resolvedUrls?.local ?? [];
  const asked = served.files.map(({ address }) => address).join(",");
  process.stdout.write(`the viewer is at ${address}${asked === "" ? "" : `#open=${encodeURIComponent(asked)}`}\n`);
}
