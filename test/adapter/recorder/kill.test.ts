/** A process that dies: by SIGKILL, at any moment, in the midst of a write; by an error that nobody caught. What was on its way is there, and replays. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { retell } from "../../../trace/index.ts";
import { passingFolder, ringOf } from "./files.ts";
import { mortal } from "../../mortal.ts";

const folder = passingFolder();
const house = fileURLToPath(new URL("../../..", import.meta.url));

const pilot = (file: string, ...rest: readonly string[]) =>
  mortal(spawn(process.execPath, ["--import", "tsx", "test/adapter/recorder/pilot.ts", file, ...rest], { cwd: house, stdio: ["ignore", "pipe", "pipe"] }));

test.concurrent.each([4_000, 4_700])("kill -9 after %i lines: all that was written is read and replays to the same steps", async (lines) => {
  const file = join(folder, `killed-${lines}.flight`);
  const child = pilot(file);
  let written = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    written = Number(line);
    // Long after the first files have been overwritten.
    if (written > lines) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  const { trace, files } = ringOf(file);
  // Killed while each was becoming one older, one of the names is nobody's.
  expect(files.length).toBeGreaterThanOrEqual(2);
  const last = trace.chunks.at(-1);
  expect((last?.first ?? 0) + (last?.count ?? 0)).toBeGreaterThanOrEqual(written);
  if (!existsSync(file)) return expect(retell(trace, {})).toEqual({ ok: true });
  // Killed between the end of a full file and its becoming one older, nothing is missing.
  if (statSync(file).size > 1_000 && !trace.whole) expect(trace.missing).toMatch(/^(it ends without an index|the last [\d,]+ bytes are not a whole chunk)/);
  expect(retell(trace, {})).toEqual({ ok: true });
  // Wherever in its last writes it had been: what is before is read.
  const { size } = statSync(file);
  for (let cut = 1; cut < Math.min(size + 211, 3_000); cut += 211) {
    truncateSync(file, Math.max(0, size - cut));
    const left = ringOf(file).trace;
    expect([cut, retell(left, {})]).toEqual([cut, { ok: true }]);
    expect(left.chunks.length).toBeGreaterThan(0);
  }
}, 60_000);

test("an error that nobody catches: not a line is lost", async () => {
  const file = join(folder, "thrown.flight");
  const child = pilot(file, "throws");
  child.stdout.resume();
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  await once(child, "close");
  expect(complaint).toContain("an error that nobody catches");
  const { trace } = ringOf(file);
  expect(trace).toMatchObject({ whole: true, lines: 3_021 });
  expect(retell(trace, {})).toEqual({ ok: true });
}, 60_000);
