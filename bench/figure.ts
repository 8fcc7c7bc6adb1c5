/** What a figure is: a name, a budget, and how it is measured. */

/** Runs a command and returns what it printed. */
export type Run = (command: readonly string[]) => string;

export type Figure = {
  /** The room that is measured, where it takes what not every machine has, or long: measured only when it is asked for. */
  readonly room?: "viz";
  readonly name: string;
  readonly unit: string;
  /** In the unit, on a machine like the one of docs/performance.md. */
  readonly budget: number;
  /** As a multiple of the calibration loop: what `--check` holds. Null for what is no time of computation. */
  readonly ratioBudget: number | null;
  /** Aimed at, and not reached yet, or never measured on a quiet machine: shown, and not held by `--check`. */
  readonly isAim?: true;
  /** More is better: the budget is the least. */
  readonly isFloor?: true;
  readonly measure: (run: Run) => { readonly value: number; readonly ratio: number | null };
};
