/** What a page adds up of its runs. */

import { expect, test } from "vitest";
import { Tally } from "../../../sim/cli/page/tally.ts";
import { playRun } from "../../../sim/index.ts";
import { scenarioOf } from "../../sim/scenario/builders.ts";

test("only full agreement looks full, and nothing of it is lost by dust", () => {
  const run = playRun(scenarioOf("name: x\nmembers: 4\nduration: 5s\n"), 0);
  const shown = (share: number): number => {
    const tally = new Tally();
    tally.add({ ...run, agreement: run.agreement.map(() => share) });
    return tally.agreementAt(0, 0.1);
  };
  expect([0, 0.29, 0.994, 0.996, 999 / 1000, 1].map(shown)).toEqual([0, 0.29, 0.99, 0.99, 0.99, 1]);
});
