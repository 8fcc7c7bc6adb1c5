/** What a page's figures need from an experiment's runs: accumulated run by run, as they are read from a file, so that none has to be kept. */

import { PARTS } from "../../measure/curve.ts";
import type { CrashResult, Observation, RunResult } from "../../measure/result.ts";

/** Shares are counted in hundredths. */
const HUNDREDTHS = 100;

/** A run in a few numbers. */
export type RunMark = {
  readonly run: number;
  /** The longest time until all members agreed again, in seconds; among the disruptions after which they did. */
  readonly worst: number | null;
  /** How often they did not before the next disruption, or the end. */
  readonly censored: number;
  readonly falsePositives: number;
};

/** What follows a crash, or a block. */
export type Discoveries = { readonly [figure in "firstSuspicion" | "firstDetection" | "fullDissemination"]: Observation[] };

const blank = (): Discoveries => ({ firstSuspicion: [], firstDetection: [], fullDissemination: [] });

/** Grows by a few numbers for each run, whatever the run was like. */
export class Tally {
  readonly marks: RunMark[] = [];
  /** False positives in each part of the runs. */
  readonly falsePositives: number[] = Array.from({ length: PARTS }, () => 0);
  readonly crashes = blank();
  readonly blocks = blank();
  /** Times until agreement, by the disruption that they follow: the timeline's entry and the kind, as `keyOf` writes them. */
  readonly convergences = new Map<string, Observation[]>();
  memberSeconds = 0;
  /** For each part, how many runs had which share. */
  private readonly shares = Array.from({ length: PARTS }, () => new Uint32Array(HUNDREDTHS + 1));

  add(result: RunResult): void {
    this.memberSeconds += result.memberSeconds;
    result.agreement.forEach((share, part) => {
      const bins = this.shares[part];
      // Rounded down, so that only full agreement looks full; except for rounding errors.
      const bin = Math.floor(share * HUNDREDTHS + 1e-9);
      if (bins !== undefined) bins[bin] = (bins[bin] ?? 0) + 1;
    });
    result.falsePositives.curve?.forEach((count, part) => (this.falsePositives[part] = (this.falsePositives[part] ?? 0) + count));
    for (const crash of result.crashes) discover(this.crashes, crash);
    for (const block of result.blocks) discover(this.blocks, block);
    this.marks.push(this.converged(result));
  }

  /** The quantile over all runs of the share of members that agreed in a part. */
  agreementAt(part: number, quantile: number): number {
    const bins = this.shares[part] ?? new Uint32Array(0);
    const wanted = Math.max(1, Math.ceil(bins.reduce((sum, runs) => sum + runs, 0) * quantile));
    let passed = 0;
    return bins.findIndex((runs) => (passed += runs) >= wanted) / HUNDREDTHS;
  }

  private converged({ run, disruptions, falsePositives }: RunResult): RunMark {
    let [worst, censored]: [number | null, number] = [null, 0];
    for (const { entry, kind, convergence } of disruptions) {
      if (convergence === null) continue;
      const key = keyOf({ entry, kind });
      const known = this.convergences.get(key);
      if (known === undefined) this.convergences.set(key, [convergence]);
      else known.push(convergence);
      if ("seconds" in convergence) worst = Math.max(worst ?? 0, convergence.seconds);
      else censored++;
    }
    return { run, worst, censored, falsePositives: falsePositives.count };
  }
}

/** Identifies a disruption. */
export const keyOf = ({ entry, kind }: { readonly entry: number | null; readonly kind: string }): string => `${entry} ${kind}`;

function discover(into: Discoveries, { firstSuspicion, firstDetection, fullDissemination }: CrashResult): void {
  into.firstSuspicion.push(firstSuspicion);
  into.firstDetection.push(firstDetection);
  into.fullDissemination.push(fullDissemination);
}
