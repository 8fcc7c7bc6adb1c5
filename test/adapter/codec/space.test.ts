/** What a stranger's bytes take in memory: no more than the codec promises, whatever they are. Weighed in a process of its own (`space.ts`). */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { fresh } from "./fresh.ts";
import type { Weighed } from "./space.ts";
import { mortal } from "../../mortal.ts";

const house = fileURLToPath(new URL("../../..", import.meta.url));
const EACH = 30;

describe(`32 bytes for each of a datagram's, 40 for each of a stream's, and half a KiB; HOSTILE_SEED=${fresh}`, () => {
  const weighed: Weighed[] = [];
  let end: readonly [code: number | null, errors: string];

  beforeAll(async () => {
    const options = ["--expose-gc", "--no-concurrent-array-buffer-sweeping", "--import", "tsx"];
    const child = mortal(spawn(process.execPath, [...options, "test/adapter/codec/space.ts", `${fresh}`, `${EACH}`], { cwd: house, stdio: ["ignore", "pipe", "pipe"] }));
    let errors = "";
    child.stderr.on("data", (text: Buffer) => { errors += text.toString(); });
    createInterface({ input: child.stdout }).on("line", (line) => { weighed.push(JSON.parse(line)); });
    end = await new Promise((resolve) => child.once("close", (code) => resolve([code, errors])));
  }, 300_000);

  test("it is kept by inputs of all kinds", () => {
    expect(end).toEqual([0, ""]);
    expect(weighed.length).toBeGreaterThanOrEqual(10);
    for (const { kind, runs, broken } of weighed) expect([kind, broken, runs]).toEqual([kind, undefined, EACH]);
  });

  test("and it is no more than some come to: names that a stranger chose, claims that say nothing", () => {
    const most = Object.fromEntries(weighed.map((one) => [one.kind, one.most]));
    expect(most["records whose names collide"]?.stream).toBeGreaterThan(25);
    expect(most["compounds of crumbs"]?.datagram).toBeGreaterThan(3);
  });
});
