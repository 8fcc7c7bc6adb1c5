/** What a figure is: its aim, its limit, how it is measured; and how the measured value compares with both. */

/** Runs a command and returns its output. */
export type Run = (command: readonly string[]) => string;

export type Measured = {
  /** In the figure's unit. */
  readonly value: number;
  /** As a multiple of the calibration loop that ran beside it; null if it is not a computation time. */
  readonly ratio: number | null;
  /** The hash of the played run, if there is one: two measurements with the same trace did the same work. */
  readonly traceHash?: string;
};

export type Figure = {
  /** The room that is measured, if it needs a special machine or a long time: measured only on request. */
  readonly room?: "viz";
  readonly name: string;
  readonly unit: string;
  /** The aim, in the unit; for a computation time, on a machine whose calibration loop takes `CALIBRATION` milliseconds. */
  readonly budget: number;
  /** The budget as a multiple of the calibration loop, by which a computation time is judged. Null for other figures, which are judged in their unit. */
  readonly budgetRatio: number | null;
  /**
   * The limit in `--check` if the budget is not reached (yet), or not on every day of the machine: a multiple of the calibration loop like `budgetRatio`, or in the unit if
   * that is null. The worst measured value. If absent, the limit is the budget.
   */
  readonly held?: number;
  /** Not in `--check`: it takes minutes, or depends on the machine. Measured only on request. */
  readonly onDemand?: true;
  /** More is better: budget and `held` are minimums. */
  readonly isFloor?: true;
  readonly measure: (run: Run) => Measured;
};

export type Row = {
  readonly figure: Figure;
  readonly measured: Measured;
  /** The measured value as a multiple of the budget: up to 1, it is reached. */
  readonly ofBudget: number;
  /** The measured value as a multiple of the limit. */
  readonly ofHeld: number;
};

/** How much the same program's figures vary on a busy machine. Beyond that, a limit counts as broken. */
export const NOISE = 1.15;

/** `within noise` of the budget; `held` although the budget is missed; `not reached` if the figure is only aimed at. */
export type Verdict = "reached" | "within noise" | "held" | "not reached" | "broken";

export function rowOf(figure: Figure, measured: Measured): Row {
  const { budget, budgetRatio, held, isFloor } = figure;
  const isTime = budgetRatio !== null && measured.ratio !== null;
  const [came, aimed] = isTime ? [measured.ratio, budgetRatio] : [measured.value, budget];
  const multipleOf = (limit: number): number => (isFloor === true ? limit / came : came / limit);
  return { figure, measured, ofBudget: multipleOf(aimed), ofHeld: multipleOf(held ?? aimed) };
}

export function verdictOf({ figure, ofBudget, ofHeld }: Row): Verdict {
  if (ofBudget <= 1) return "reached";
  if (ofBudget <= NOISE) return "within noise";
  if (figure.held === undefined && figure.onDemand === true) return "not reached";
  return ofHeld <= NOISE ? "held" : "broken";
}

/** The best of up to this many measurements, repeated only while the limit is broken: other work on the machine can only make a figure worse, so its best is its truest. */
export function bestOf(tries: number, figure: Figure, measure: () => Measured): Row {
  let best = rowOf(figure, measure());
  for (let taken = 1; taken < tries && best.ofHeld > NOISE; taken++) {
    const again = rowOf(figure, measure());
    if (again.ofHeld < best.ofHeld) best = again;
  }
  return best;
}

/** Shares one measurement between several figures: measures again when the same figure asks a second time. */
export function shared<Measurement>(make: (run: Run) => Measurement): (run: Run, asking: string) => Measurement {
  let last: { readonly measurement: Measurement; readonly seen: Set<string> } | undefined;
  return (run, asking) => {
    if (last === undefined || last.seen.has(asking)) last = { measurement: make(run), seen: new Set() };
    last.seen.add(asking);
    return last.measurement;
  };
}

/** Throws if another run was played than the one that has the budget. */
export function assertSameRun(name: string, expected: string, played: string): void {
  if (played === expected) return;
  throw new Error(`${name} played another run: its trace is ${played}, and its budget is for ${expected}. If the protocol was meant to change, state the new hash beside the workload, and measure anew`);
}
