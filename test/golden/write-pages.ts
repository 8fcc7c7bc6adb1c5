/**
 * Runs the commands that pages show with what comes out (blocks that begin with `$ npm run -s sim -- …`) and writes what comes out now: `node --import tsx
 * test/golden/write-pages.ts [--check] [PAGE…]`. With --check nothing is written, and the code is 1 if something else came out: CI's part. Words around the blocks may speak of
 * the figures in them: read the difference, and them.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PAGES = ["docs/lab.md", "docs/testing.md"];
const BLOCK = /```\n\$ (npm run -s sim -- [^\n]+)\n([^]*?)```/g;

/** What the command leaves on standard output. Whatever its code is: a comparison that finds a difference ends with 1. Throws if it could not do what it was asked. */
function printedBy(command: string): string {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-pages-"));
  try {
    // What an earlier call left in out/ would be taken up, and prove nothing.
    const apart = /-- (?:sweep|tune) /.test(command) ? ` --out ${join(folder, "out")}` : "";
    const { stdout, stderr, status } = spawnSync("sh", ["-c", `${command}${apart}`], { cwd: root, encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
    if (status === null || status > 2) throw new Error(`${command} ended with ${status}: ${stderr}`);
    return `${stdout.trimEnd()}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Looks at one page. Answers with the number of commands whose output it does not show. */
function look(page: string, isCheck: boolean): number {
  const path = join(root, page);
  const text = readFileSync(path, "utf8");
  const blocks = Array.from(text.matchAll(BLOCK), ([whole = "", command = "", shown = ""]) => ({ whole, command, shown }));
  if (blocks.length === 0) throw new Error(`${page} shows no command with what comes out`);
  let [written, stale] = [text, 0];
  for (const { whole, command, shown } of blocks) {
    const printed = printedBy(command);
    process.stdout.write(`${page}: ${command}${printed === shown ? "" : "  ← was otherwise"}\n`);
    if (printed === shown) continue;
    stale++;
    if (isCheck) process.stdout.write(`${differences(shown, printed).join("\n")}\n`);
    written = written.replace(whole, () => `\`\`\`\n$ ${command}\n${printed}\`\`\``);
  }
  if (!isCheck && stale > 0) writeFileSync(path, written);
  return stale;
}

function differences(shown: string, printed: string): readonly string[] {
  const [before, now] = [shown.split("\n"), printed.split("\n")];
  return [...before.filter((line) => !now.includes(line)).map((line) => `  - ${line}`), ...now.filter((line) => !before.includes(line)).map((line) => `  + ${line}`)];
}

const words = process.argv.slice(2);
const isCheck = words.includes("--check");
const pages = words.filter((word) => word !== "--check");
const stale = (pages.length === 0 ? PAGES : pages).reduce((sum, page) => sum + look(page, isCheck), 0);
if (isCheck && stale > 0) process.stdout.write("If you can explain the difference: node --import tsx test/golden/write-pages.ts\n");
process.exitCode = isCheck && stale > 0 ? 1 : 0;
