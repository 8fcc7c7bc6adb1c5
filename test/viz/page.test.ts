/** The page in a real browser: what it plays has Node's trace hash, what it opens is shown. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { playRun } from "../../sim/index.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { factsOf } from "./in-page.ts";

describe.runIf(!isPassedOver)("the built page in Chromium", { timeout: PATIENCE }, () => {
  let house: Stand;
  const folder = mkdtempSync(join(tmpdir(), "swimlab-trace-"));

  beforeAll(async () => {
    const command = ["--import", "tsx", "bin/sim.ts", "scenarios/crash.yaml", "--trace", "--runs", "1", "--quiet", "--out", folder];
    const played = spawnSync(process.execPath, command, { encoding: "utf8" });
    if (played.status !== 0 && played.status !== 2) throw new Error(played.stderr);
    house = await stand({ "crash.trace": readFileSync(join(folder, "run0.trace")) });
  }, PATIENCE);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await house.close();
  });

  test("plays a scenario to the very trace hash that Node.js gives it", async () => {
    const compiled = compileScenario(readFileSync("scenarios/crash.yaml", "utf8"), { file: "scenarios/crash.yaml" });
    if (!compiled.ok) throw new Error("crash.yaml does not compile");
    const page = await house.visit();
    await page.click('[data-scenario="scenarios/crash.yaml"]');
    const facts = await factsOf(page);
    expect({ hash: facts.traceHash, members: facts.members }).toEqual({ hash: playRun(compiled.scenario, 0).traceHash, members: 64 });
    await page.close();
  });

  test("opens a trace that the command wrote", async () => {
    const page = await house.visit("#open=crash.trace");
    const facts = await factsOf(page);
    expect({ name: facts.name, members: facts.members, missing: facts.missing, disruptions: facts.disruptions })
      .toEqual({ name: "crash", members: 64, missing: null, disruptions: ["crash", "crash"] });
    await page.close();
  });
});
