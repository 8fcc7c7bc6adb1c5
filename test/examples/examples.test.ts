/** The examples run as they stand, each in a process of its own, and print what is said here. */

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { mortal } from "../mortal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const expected: Readonly<Record<string, readonly string[]>> = {
  "two-members.ts": ["alice sees bob", "bob hears hello", "alice sees bob leave"],
  "service-registry.ts": ["web: http://127.0.0.1:8001 http://127.0.0.1:8002", "db: http://127.0.0.1:5432", "web, one less: http://127.0.0.1:8001"],
  "hash-ring.ts": ["all members agree: true", "m3's keys: 260 before, 0 after", "keys of others that moved: 0"],
  "come-back.ts": ["its first seed is gone; b knows b c and is in its second life: true"],
  "engine-by-hand.ts": [
    "0 ms b: exchange push-pull", "0 ms a: answer push-pull", "0 ms a: announce joined", "0 ms b: announce joined", "200 ms a: send gossip", "400 ms a: send gossip",
    "600 ms a: send gossip", "800 ms a: send gossip", "1000 ms a: send ping", "1500 ms a: exchange ping", "2000 ms a: announce suspected", "2000 ms a: send ping",
    "2200 ms a: send gossip", "2400 ms a: send gossip", "2500 ms a: exchange ping", "2600 ms a: send gossip", "a holds b suspect",
  ],
  "another-transport.ts": ["let in by 1", "a hears over a channel"],
  "another-codec.ts": ["let in by 1", "a hears in JSON"],
};

/** This one needs an agent of Serf: `test/adapter/serf/readme.test.ts`. */
const elsewhere = ["join-serf.ts"];

test("all of them are here", () => {
  expect(readdirSync(`${root}/examples`).filter((file) => file.endsWith(".ts")).toSorted()).toEqual([...Object.keys(expected), ...elsewhere].toSorted());
});

/** What stands in for one of the adapter's interfaces takes more. */
const longer: ReadonlySet<string> = new Set(["another-codec.ts", "another-transport.ts"]);

test.for([...Object.keys(expected), ...elsewhere].filter((file) => !longer.has(file)))("%s is twenty lines at most, but for its head and blank lines", (file) => {
  const [, ...lines] = readFileSync(`${root}/examples/${file}`, "utf8").split("\n");
  expect(lines.filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(20);
});

test.for(Object.entries(expected))("%s", async ([file, lines]) => {
  const child = mortal(spawn(process.execPath, ["--import", "tsx", `examples/${file}`], { cwd: root, stdio: ["ignore", "pipe", "pipe"] }));
  const [output, errors, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), new Promise((resolve) => { child.once("exit", resolve); })]);
  expect({ code, errors, lines: output.trimEnd().split("\n") }).toEqual({ code: 0, errors: "", lines });
});

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
