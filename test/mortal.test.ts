/** Processes that tests start end with the tests: here, those of a process that is ended from outside. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const house = fileURLToPath(new URL("..", import.meta.url));

/** What starts a sleeper that writes where it does itself, and says so. */
const parent = `
  const { spawn } = await import("node:child_process");
  const { mortal } = await import("./test/mortal.ts");
  mortal(spawn("sleep", ["100"], { stdio: ["ignore", "inherit", "inherit"] }));
  console.log("begun");
`;

test.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)("who was started by a process that %s ends is killed", async (signal) => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", parent], { cwd: house, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill(signal);
  // Its output is closed when nobody can write to it any more, neither child nor grandchild.
  expect(await once(child, "close")).toEqual([null, signal]);
});
