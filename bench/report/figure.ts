/** What a figure is: what is aimed at, what it is held to, how it is measured; and how well what came out keeps both. */

/** Runs a command and returns what it printed. */
export type Run = (command: readonly string[]) => string;

export type Measured = {
  /** In the figure's unit. */
  readonly value: number;
  /** As a multiple of the calibration loop that ran beside it; null for what is no time of computation. */
  readonly ratio: number | null;
  /** Of the run that was played, where the figure is of one: two measurements of the same trace are of the same work. */
  readonly traceHash?: string;
};

export type Figure = {
  /** The room that is measured, where it takes what not every machine has, or long: measured only when it is asked for. */
  readonly room?: "viz";
  readonly name: string;
  readonly unit: string;
  /** What is aimed at, in the unit; a time of computation on a machine whose calibration loop takes `CALIBRATION` milliseconds. */
  readonly budget: number;
  /** The budget as a multiple of the calibration loop, by which a time of computation is judged. Null for what is none, and is judged in its unit. */
  readonly budgetRatio: number | null;
  /**
   * What `--check` holds it to where the budget is not reached (yet), or not on every day of the machine: a multiple of the calibration loop as `budgetRatio` is, or in the unit where
   * that is null. As it was measured, at its worst. Without it, the figure is held to its budget.
   */
  readonly held?: number;
  /** Not in `--check`: it takes minutes, or the machine decides it. Measured by whoever asks. */
  readonly onDemand?: true;
  /** More is better: budget and `held` are the least. */
  readonly isFloor?: true;
  readonly measure: (run: Run) => Measured;
};

export type Row = {
  readonly figure: Figure;
  readonly measured: Measured;
  /** What was measured as a multiple of the budget: up to 1, it is reached. */
  readonly ofBudget: number;
  /** And of what it is held to. */
  readonly ofHeld: number;
};

/** How far the same program's figures stray on a busy machine. What it is held to is broken beyond it. */
export const NOISE = 1.15;

/** `within noise` of the budget; `held` although the budget is missed; `not reached`, where nobody promised it. */
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

/** The best of so many measurements; those after the first only while what it is held to is broken: others on the machine can only make a figure worse, so that its best is its truest. */
export function bestOf(tries: number, figure: Figure, measure: () => Measured): Row {
  let best = rowOf(figure, measure());
  for (let taken = 1; taken < tries && best.ofHeld > NOISE; taken++) {
    const again = rowOf(figure, measure());
    if (again.ofHeld < best.ofHeld) best = again;
  }
  return best;
}

/** One measurement for several figures: made anew for the one that asks a second time. */
export function shared<Measurement>(make: (run: Run) => Measurement): (run: Run, asking: string) => Measurement {
  let last: { readonly measurement: Measurement; readonly seen: Set<string> } | undefined;
  return (run, asking) => {
    if (last === undefined || last.seen.has(asking)) last = { measurement: make(run), seen: new Set() };
    last.seen.add(asking);
    return last.measurement;
  };
}

/** Throws if another run was played than the one whose cost was budgeted. */
export function assertSameRun(name: string, expected: string, played: string): void {
  if (played === expected) return;
  throw new Error(`${name} played another run: its trace is ${played}, and its budget is for ${expected}. If the protocol was meant to change, state the new hash beside the workload, and measure anew`);
}
