/**
 * Plays shipped scenarios and writes the last lines of their reports into test/golden/traces.txt: `node --import tsx test/golden/write-traces.ts [FILE…]`. All that CI
 * plays, without files. Read the difference, and commit only what you can explain. `.ci/run` compares each scenario that it plays with its line.
 */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const list = new URL("traces.txt", import.meta.url);

/** How a line ends whose scenario takes minutes and gigabytes: it is played only when it is named. */
const UNPLAYED = "  # not played by CI";

/** The last line of a scenario's report. Throws if it does not end as it predicts. */
function lastLineOf(file: string): string {
  const { stdout, stderr, status } = spawnSync("npm", ["run", "-s", "sim", "--", file, "--quiet", "--jobs", "1"], { cwd: root, encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stderr || stdout}`);
  return stdout.trimEnd().split("\n").at(-1) ?? "";
}

function main(wanted: readonly string[]): number {
  const lines = readFileSync(list, "utf8").trimEnd().split("\n");
  const known = lines.filter((line) => !line.startsWith("#")).map((line) => ({ file: line.split(" ")[0] ?? "", isPlayed: !line.endsWith(UNPLAYED) }));
  const chosen = wanted.length === 0 ? known.filter(({ isPlayed }) => isPlayed).map(({ file }) => file) : wanted;
  const written = new Map(lines.map((line) => [line.startsWith("#") ? line : (line.split(" ")[0] ?? ""), line]));
  for (const file of chosen) {
    const isPlayed = known.find((each) => each.file === file)?.isPlayed ?? true;
    const line = `${file} ${lastLineOf(file)}${isPlayed ? "" : UNPLAYED}`;
    process.stdout.write(`${line}${written.get(file) === line ? "" : "  ← was otherwise"}\n`);
    written.set(file, line);
  }
  writeFileSync(list, `${[...written.values()].join("\n")}\n`);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
