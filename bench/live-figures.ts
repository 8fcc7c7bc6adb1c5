/**
 * The figures of live members: how many pings they answer, what they use while idle, what a flight recorder costs them. They depend more than others on what else the machine
 * does. If a member becomes twice as expensive, the figures of answers, of the processor and of the recorder without sockets break; if only the recorder does, the figure of
 * a live member does not show it, because two rounds of the same program differ by more.
 */

import { CALIBRATION } from "./calibration.ts";
import type { EchoMeasurement, Who } from "./measure-echo.ts";
import type { IdleMeasurement } from "./measure-idle.ts";
import type { RecorderMeasurement } from "./measure-recorder.ts";
import { ONE_CORE } from "./one-core.ts";
import { type Figure, type Run, shared } from "./report/figure.ts";
import { medianOf } from "./workload-figures.ts";

/** Pings per second in the echo's figures. */
const PINGS = 50_000;

const echo = shared((run) => JSON.parse(run(["node", "--import", "tsx", "bench/measure-echo.ts", "3"])) as EchoMeasurement);

/** The ratio of answers per second between the two: both are asked in turn, and the median of the rounds counts. */
function answersRatio(measured: EchoMeasurement, more: Who, fewer: Who): number {
  const { [more]: some, [fewer]: others } = measured;
  return medianOf(others.map(({ answersPerSecond }, round) => (some[round]?.answersPerSecond ?? Infinity) / answersPerSecond));
}

/** How much more processor time an answer of the one takes than of the other, in per cent: from the least of all rounds, because noise only adds, and single rounds differ by half. */
function costOfAnswers(measured: EchoMeasurement, dearer: Who, cheaper: Who): number {
  const least = (who: Who): number => measured[who].reduce((sofar, { each }) => Math.min(sofar, each), Infinity);
  return (least(dearer) / least(cheaper) - 1) * 100;
}

function measuredIdle(run: Run): IdleMeasurement {
  run(["npx", "tsc", "-p", "bench/tsconfig.published.json"]);
  return JSON.parse(run(["node", "--import", "tsx", "bench/measure-idle.ts", "30"])) as IdleMeasurement;
}

/** What a member uses while nothing happens in its group. Measured as published, because the compiler that runs our sources takes 40 MiB by itself. */
const idle = shared(measuredIdle);

/** The flight recorder's share of the time of a member without its sockets, in per cent. */
function recorderShare(run: Run): number {
  const costOf = (mode: "alone" | "recorded"): number => {
    const { each, keyFrame } = JSON.parse(run(["node", ...ONE_CORE, "--import", "tsx", "bench/measure-recorder.ts", mode])) as RecorderMeasurement;
    return each + keyFrame;
  };
  return (costOf("recorded") / costOf("alone") - 1) * 100;
}

export const liveFigures: readonly Figure[] = [
  {
    name: "a bare echo's answers to 50,000 pings/s, against a member's",
    unit: "times",
    // A member answers at least 70 % of what an echo does. (2.45 was measured while seventeen processes wanted two cores: then both lose what they have no time for, and the figure means nothing.)
    budget: 1 / 0.7,
    budgetRatio: null,
    measure: (run) => ({ value: answersRatio(echo(run, "answers"), "echo", "member"), ratio: null }),
  },
  // Shows whether the figure before means much. It measures the machine rather than our code.
  {
    onDemand: true,
    name: "50,000 pings/s, against those that a member was sent",
    unit: "times",
    budget: 1.1,
    budgetRatio: null,
    measure: (run) => ({ value: medianOf(echo(run, "asked").member.map(({ pingsPerSecond }) => PINGS / pingsPerSecond)), ratio: null }),
  },
  {
    name: "the flight recorder, of a live member's time",
    unit: "%",
    budget: 10,
    budgetRatio: null,
    // It was 15.4 once by chance: two rounds of the same program differ by more.
    held: 16,
    measure: (run) => ({ value: costOfAnswers(echo(run, "recorder"), "recorded", "member"), ratio: null }),
  },
  {
    name: "the flight recorder, of a member's time without its sockets",
    unit: "%",
    budget: 10,
    budgetRatio: null,
    held: 26,
    measure: (run) => ({ value: recorderShare(run), ratio: null }),
  },
  {
    name: "an idle member among 1,000, of a core",
    unit: "% of CPU",
    budget: 0.5,
    // Milliseconds of CPU a second.
    budgetRatio: 5 / CALIBRATION,
    measure: (run) => {
      const { processor, ratio } = idle(run, "processor");
      return { value: processor, ratio };
    },
  },
  {
    name: "an idle member among 1,000, resident memory",
    unit: "MiB",
    budget: 80,
    budgetRatio: null,
    measure: (run) => ({ value: idle(run, "memory").residentMebibytes, ratio: null }),
  },
];
