/** The Lifeguard paper's tables IV to VII, as printed. */

/** A configuration by the paper's name. */
export type Row = {
  readonly name: string;
  /** Table IV: failure events about members outside the anomaly, raised anywhere, and those raised outside it; over all Interval runs. */
  readonly falsePositives: number;
  readonly healthyFalsePositives: number;
  /** Table V, in seconds: median, 99 %, 99.9 %. */
  readonly first: Tail;
  readonly full: Tail;
  /** Table VI: packets in millions and gibibytes, over all Interval runs. */
  readonly messages: number;
  readonly gibibytes: number;
};

export type Tail = readonly [median: number, p99: number, p999: number];

export const rows = {
  swim: { name: "SWIM", falsePositives: 339_002, healthyFalsePositives: 1_326, first: [12.44, 16.96, 19.4], full: [12.9, 16.93, 20.17], messages: 435.33, gibibytes: 149.15 },
  lhaProbe: { name: "LHA-Probe", falsePositives: 229_574, healthyFalsePositives: 436, first: [12.42, 17.75, 20.1], full: [12.9, 17.98, 20.56], messages: 428.62, gibibytes: 134.28 },
  lhaSuspicion: { name: "LHA-Suspicion", falsePositives: 10_174, healthyFalsePositives: 89, first: [12.42, 17.47, 25.41], full: [12.89, 17.33, 23.8], messages: 484.55, gibibytes: 158.87 },
  buddy: { name: "Buddy System", falsePositives: 318_935, healthyFalsePositives: 591, first: [12.45, 17.12, 19.16], full: [12.92, 17.18, 19.81], messages: 435.62, gibibytes: 147.67 },
  lifeguard: { name: "Lifeguard", falsePositives: 5_193, healthyFalsePositives: 25, first: [12.45, 17.9, 21.2], full: [12.91, 18.05, 21.68], messages: 481.42, gibibytes: 146.13 },
} as const satisfies Record<string, Row>;

/** Interval runs of each configuration. */
export const INTERVAL_RUNS = 4_320;

/** Table VII: Lifeguard at α and β, in per cent of SWIM. */
export type Tuned = { readonly first: Tail; readonly full: Tail; readonly falsePositives: number; readonly healthyFalsePositives: number };

/** By `α,β`; the columns of β = 6. */
export const tuned: Readonly<Record<string, Tuned>> = {
  "2,6": { first: [54.34, 75.53, 80.36], full: [56.74, 79.15, 78.58], falsePositives: 24.16, healthyFalsePositives: 13.65 },
  "4,6": { first: [83.12, 96.82, 94.69], full: [84.42, 96.52, 92.71], falsePositives: 3.18, healthyFalsePositives: 4.83 },
  "5,6": { first: [100.08, 105.54, 109.28], full: [100.08, 106.62, 107.49], falsePositives: 1.53, healthyFalsePositives: 1.89 },
};

/** What its text says about the extreme tuning, α = 2 and β = 2: the median falls by 45 %, and false positives at healthy members by 68 %. */
export const extreme = { first: 55, healthyFalsePositives: 32 } as const;
