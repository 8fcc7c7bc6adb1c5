/** The figures of the search for bugs: processor time per world of the swarm, and per move of the model checker. */

import { CALIBRATION } from "./calibration.ts";
import type { Figure } from "./report/figure.ts";
import type { TrustMeasurement } from "./measure-trust.ts";

const trustFigure = (name: string, budget: number, times: number, what: readonly string[]): Figure => ({
  name,
  unit: "ms of CPU",
  budget,
  budgetRatio: budget / CALIBRATION,
  measure: (run) => {
    const { milliseconds, ratio } = JSON.parse(run(["node", "--import", "tsx", "bench/measure-trust.ts", ...what])) as TrustMeasurement;
    return { value: milliseconds * times, ratio: ratio * times };
  },
});

export const trustFigures: readonly Figure[] = [
  // 200 a minute and core.
  trustFigure("a world of the swarm, at the mean size", 300, 1, ["worlds", "60"]),
  // 100,000 a second and core: all moves, including those to situations that were seen before.
  trustFigure("1,000 moves of the model checker", 10, 1_000, ["moves"]),
];
