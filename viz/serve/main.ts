/** `npm run viz`: serves the viewer; with files or folders, the page opens these traces. */

import { createServer } from "vite";
import { recordingsPlugin, servedFiles } from "./recordings.ts";
import config from "./vite.config.ts";

/** As elsewhere: 64 for usage, 66 for what cannot be read. */
const exits = { usage: 64, noInput: 66 } as const;

const [paths, options] = [process.argv.slice(2).filter((word) => !word.startsWith("-")), process.argv.slice(2).filter((word) => word.startsWith("-"))];
const served = servedFiles(paths);
if (options.length > 0) {
  process.stderr.write(`unknown option ${options[0] ?? ""}: npm run viz -- [FILE.trace | FOLDER]…\n`);
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
