/** No stream leaves a descriptor behind, however it ends. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const counting = fileURLToPath(new URL("descriptors.ts", import.meta.url));
const cannotCount = !existsSync("/proc/self/fd");
if (cannotCount) process.stderr.write("descriptors are not counted: there is no /proc/self/fd here\n");

test.skipIf(cannotCount)("nearly three thousand streams, ended, broken, aborted and refused, and hundreds of transports", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", counting]);
  const counted = JSON.parse(stdout) as { readonly streams: number; readonly before: number; readonly after: number; readonly closed: number };
  expect(counted.after).toBeLessThanOrEqual(counted.before);
  // Three members' sockets for datagrams, as many servers, and those of two that have no datagrams.
  expect(counted.closed).toBeLessThanOrEqual(counted.before - 8);
});
