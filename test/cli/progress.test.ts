/** What a file is told of runs that take long: a line every half minute, with what is done, how fast, and what is left. */

import { expect, test } from "vitest";
import { progressFor, tellProgress } from "../../sim/cli/play/progress.ts";

test("a line every thirty seconds, and none in between", () => {
  const said: string[] = [];
  let now = 1_000;
  const reached = { finished: 0, played: 0 };
  const { draw, takeAway } = tellProgress(reached, 3_200, { remark: (line) => said.push(line), clock: () => now });
  const at = (seconds: number, finished: number, played = finished): void => {
    now = 1_000 + seconds;
    Object.assign(reached, { finished, played });
    draw();
  };
  at(29, 0);
  at(30, 0);
  at(45, 3);
  at(60, 6);
  // Cells that cost more than others: what is left goes by what is behind, not by the number.
  at(120, 1_200, 1_600);
  at(149.9, 1_300);
  takeAway();
  expect(said).toEqual(["0 of 3,200 runs · 30 s so far", "6 of 3,200 runs · 10.0 s each · 8.9 h left", "1,200 of 3,200 runs · 13.3 runs/s · 2 min left"]);
});

test("quiet says nothing, and nothing is said of nothing", () => {
  const said: string[] = [];
  const terminal = { say: () => {}, remark: (line: string) => void said.push(line), width: 80, color: false, screen: null };
  for (const [runs, quiet] of [[5, true], [0, false]] as const) {
    const progress = progressFor({ finished: 1, played: 1 }, runs, { quiet }, terminal);
    progress.draw();
    progress.takeAway();
  }
  expect(said).toEqual([]);
});
