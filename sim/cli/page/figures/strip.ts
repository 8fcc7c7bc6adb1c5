/** Every run as a cell: its longest time to agreement, whether observations were censored, and whether there were false positives. */

import { escape, place } from "../../markup/mark.ts";
import { count, length, seconds } from "../../report/wording.ts";
import type { Key, Table } from "../figure.ts";
import type { RunMark } from "../tally.ts";

/** The most runs that are drawn; the others are in the files. */
export const MOST_DRAWN = 10_000;
const WIDTH = 760;
const [LEAST, GREATEST] = [7, 24];
/** The number of classes of lengths. */
const STEPS = 5;

export type Strip = {
  readonly svg: string;
  readonly keys: readonly Key[];
  /** How many cells are in a row, to find the run under the pointer. */
  readonly columns: number;
  readonly shown: readonly RunMark[];
};

/** One path for all cells that look alike: ten thousand runs need only a few elements. */
export function stripOf(marks: readonly RunMark[]): Strip {
  const shown = marks.slice(0, MOST_DRAWN);
  const size = Math.max(LEAST, Math.min(GREATEST, Math.floor(Math.sqrt((WIDTH * 260) / Math.max(1, shown.length)))));
  const columns = Math.floor(WIDTH / size);
  const bounds = boundsOf(shown);
  const at = (n: number): readonly [number, number] => [(n % columns) * size, Math.floor(n / columns) * size];
  const cells = Array.from({ length: STEPS + 1 }, () => "");
  let [crosses, alarms] = ["", ""];
  shown.forEach((mark, n) => {
    const [x, y] = at(n);
    const step = mark.worst === null ? STEPS : bounds.findIndex((bound) => (mark.worst ?? 0) <= bound);
    cells[step] += `M${x + 0.5} ${y + 0.5}h${size - 1}v${size - 1}h${1 - size}z`;
    if (mark.censored > 0) crosses += `M${x + 1} ${y + 1}l${size - 2} ${size - 2}`;
    if (mark.falsePositives > 0) alarms += `M${place(x + size / 2)} ${place(y + size * 0.28)}l${place(size * 0.26)} ${place(size * 0.46)}h${place(-size * 0.52)}z`;
  });
  const height = Math.ceil(shown.length / columns) * size + 1;
  const drawn = cells.map((d, step) => (d === "" ? "" : `<path class="${step === STEPS ? "blank" : `step-${step}`}" d="${d}"/>`)).join("");
  const wide = Math.min(shown.length, columns) * size + 1;
  return {
    svg: `<svg role="img" id="strip" class="strip" viewBox="0 0 ${wide} ${height}" style="max-width: ${wide}px" aria-label="${escape(saysOf(shown))}">${drawn}<path class="cross" d="${crosses}"/><path class="alarm" d="${alarms}"/></svg>`,
    keys: keysOf(bounds, shown),
    columns: Math.min(shown.length, columns),
    shown,
  };
}

/** The upper ends of the classes: each has equally many runs, as far as lengths differ. */
function boundsOf(shown: readonly RunMark[]): readonly number[] {
  const lengths = shown.flatMap(({ worst }) => worst ?? []).toSorted((one, other) => one - other);
  return Array.from({ length: STEPS }, (_, step) => lengths[Math.min(lengths.length - 1, Math.ceil(((step + 1) / STEPS) * lengths.length) - 1)] ?? 0);
}

const saysOf = (shown: readonly RunMark[]): string =>
  `${count(shown.length)} runs, a cell each; ${count(shown.filter(({ censored }) => censored > 0).length)} with censored times, ${count(shown.filter(({ falsePositives }) => falsePositives > 0).length)} with false positives.`;

function keysOf(bounds: readonly number[], shown: readonly RunMark[]): readonly Key[] {
  const distinct = [...new Set(bounds)];
  const steps = shown.some(({ worst }) => worst !== null)
    ? distinct.map((bound): Key => ({ name: `agreed within ${length(bound)} s`, shape: "cell", hue: `var(--step-${bounds.indexOf(bound)})` }))
    : [];
  const isThere = (what: (mark: RunMark) => boolean, key: Key): readonly Key[] => (shown.some(what) ? [key] : []);
  return [
    ...steps,
    ...isThere(({ worst }) => worst === null, { name: "no disruption, or never in agreement", shape: "cell", hue: "var(--line)" }),
    ...isThere(({ censored }) => censored > 0, { name: "censored", shape: "stroke", hue: "var(--ink)" }),
    ...isThere(({ falsePositives }) => falsePositives > 0, { name: "false positives", shape: "triangle", hue: "var(--hue-1)" }),
  ];
}

/** How many runs to point out. */
const NOTABLE = 12;

/** Runs with most censored observations first, then with most false positives, then the slowest. */
export const notableRuns = (marks: readonly RunMark[]): readonly RunMark[] =>
  marks.toSorted((one, other) => other.censored - one.censored || other.falsePositives - one.falsePositives || (other.worst ?? 0) - (one.worst ?? 0) || one.run - other.run).slice(0, NOTABLE);

/** The cells of a run in the table. */
export const runCells = ({ worst, censored, falsePositives }: RunMark): readonly string[] => [seconds(worst), count(censored), count(falsePositives)];

export const runHead: Table["head"] = ["run", "agreed within, at worst", "censored", "false positives"];
