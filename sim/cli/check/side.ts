/** One side of a check: the hash of each step of a run; and a closer look at the step where two sides differ. */

import type { MessagePort } from "node:worker_threads";
import {
  type Address, deadlines, digestOf, digestText, impossible, livingIn, type MemberId, NEVER, nextWake, sizeOf, type State,
} from "../../../engine/index.ts";
import { lineText } from "../../../trace/index.ts";
import { playRun, type Recorder, type RunResult, type Scenario, stepHash } from "../../index.ts";
import { BrokenRun, type Fault, faultOf } from "../bug.ts";
import type { CheckOrders } from "../orders.ts";

/** A run, and the hash of each of its steps. */
export type Played = { readonly result: RunResult; readonly hashes: Int32Array };

/** A step in detail. `step` is null if the run has no step of this number. */
export type Look = { readonly before: readonly string[]; readonly step: string | null; readonly figures: readonly Figure[] };

/** One part of a member's state after a step. */
export type Figure = readonly [name: string, value: string];

export type Question = { readonly kind: "play"; readonly run: number } | { readonly kind: "look"; readonly run: number; readonly step: number };
export type Answer =
  | { readonly kind: "played"; readonly played: Played }
  | { readonly kind: "looked"; readonly look: Look }
  | { readonly kind: "broke"; readonly run: number; readonly seed: string; readonly fault: Fault };

/** Plays a run and records the hash of every step. Throws a BrokenRun for a mistake of ours. */
export function playSide(scenario: Scenario, run: number): Played {
  const numbers = new Map(scenario.members.map(({ name }, number) => [name, number]));
  let hashes = new Int32Array(4_096);
  let count = 0;
  const recorder: Recorder = {
    stepped: (at, who, event, effects, state) => {
      if (count === hashes.length) hashes = grown(hashes);
      hashes[count++] = stepHash(at, numbers.get(who) ?? -1, event, effects, state, nextWake(state));
    },
  };
  try {
    return { result: playRun(scenario, run, recorder), hashes: hashes.slice(0, count) };
  } catch (thrown) {
    throw new BrokenRun(run, `${scenario.seed}/${run}`, faultOf(thrown));
  }
}

function grown(hashes: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(hashes.length * 2);
  larger.set(hashes);
  return larger;
}

/** How many steps to show before the one that differs. */
const BEFORE = 6;

/** Plays a run again, to describe one step (from 0) and those before it. */
export function lookAt(scenario: Scenario, run: number, step: number): Look {
  const nameAt = new Map<Address, MemberId>();
  const before: string[] = [];
  let seen: Pick<Look, "step" | "figures"> = { step: null, figures: [] };
  let number = 0;
  playRun(scenario, run, {
    born: (_, who, state) => void nameAt.set(state.self.address, who),
    stepped: (at, who, event, effects, state) => {
      const isNear = number >= step - BEFORE && number <= step;
      const text = isNear ? lineText({ kind: "stepped", at, who, event, check: 0 }, effects, (address) => nameAt.get(address) ?? address) : "";
      if (isNear && number < step) before.push(text);
      if (number === step) seen = { step: text, figures: figuresOf(state) };
      number++;
    },
  });
  return { before, ...seen };
}

/** What the step hash is computed from, and a little more. */
function figuresOf(state: State): readonly Figure[] {
  const { view, self, phase, health, seq, rumours, rng } = state;
  const waits = deadlines(state).filter(({ at }) => at < NEVER).map(({ kind, at }): Figure => [kind, seconds(at)]);
  return [
    ["view", digestText(digestOf(view))],
    ["known, living", `${sizeOf(view)}, ${livingIn(view)}`],
    ["own status", `${self.status}@${self.incarnation}, ${phase.kind}`],
    ["seq", `${seq}`],
    ["health", `${health}`],
    ["rumours waiting", `${rumours.length}, ${rumours.bytes} bytes`],
    ["dice", [rng.s0, rng.s1].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join(" ")],
    ["next wake", seconds(nextWake(state))],
    ...waits,
  ];
}

const seconds = (at: number): string => `${at / 1_000_000} s`;

/** The worker's side: answers questions until it is ended. */
export function checkOnDemand({ scenario }: CheckOrders, port: MessagePort): void {
  port.on("message", (question: Question) => port.postMessage(answer(scenario, question)));
}

function answer(scenario: Scenario, question: Question): Answer {
  try {
    switch (question.kind) {
      case "play": return { kind: "played", played: playSide(scenario, question.run) };
      case "look": return { kind: "looked", look: lookAt(scenario, question.run, question.step) };
      default:     return impossible(question);
    }
  } catch (thrown) {
    if (thrown instanceof BrokenRun) return { kind: "broke", run: thrown.run, seed: thrown.seed, fault: thrown.fault };
    throw thrown;
  }
}
