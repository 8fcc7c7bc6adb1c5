/** Figures that are known to miss. docs/paper.md says for each what is known about the reason; any other miss is new, and fails. */

import type { Document } from "./model/document.ts";
import { missesIn, type Miss } from "./model/misses.ts";

/** By their names in the report; those of the whole grids, some of which the subset misses too. */
export const knownMisses: ReadonlySet<string> = new Set([
  "swim-dissemination · Figure 3b: periods until so many have heard · 128 members · half",
  "lifeguard · Table IV: false positives · SWIM · FP⁻",
  "lifeguard · Table IV: false positives · LHA-Probe · FP⁻",
  "lifeguard · Table IV: false positives · LHA-Probe · FP⁻, % of SWIM",
  "lifeguard · Table IV: false positives · LHA-Suspicion · FP⁻",
  "lifeguard · Table IV: false positives · LHA-Suspicion · FP⁻, % of SWIM",
  "lifeguard · Table IV: false positives · Buddy System · FP⁻",
  "lifeguard · Table IV: false positives · out of order · FP, % of SWIM",
  "lifeguard · Table IV: false positives · out of order · FP⁻, % of SWIM",
  "lifeguard · Table V: detection and dissemination of a blocked member, seconds · LHA-Suspicion · 1st 99.9 %",
  "lifeguard · Table V: detection and dissemination of a blocked member, seconds · LHA-Suspicion · full 99.9 %",
  "lifeguard · Table VI: message load · LHA-Probe · bytes, % of SWIM",
  "lifeguard · Table VI: message load · LHA-Suspicion · messages, % of SWIM",
  "lifeguard · Table VI: message load · LHA-Suspicion · bytes, % of SWIM",
  "lifeguard · Table VI: message load · Lifeguard · messages, millions",
  "lifeguard · Table VI: message load · Lifeguard · messages, % of SWIM",
  "lifeguard · Table VI: message load · Lifeguard · bytes, % of SWIM",
  "lifeguard · Table VII: Lifeguard tuned, in % of SWIM · α = 2, β = 2 · FP⁻",
  "serf-convergence · Seconds until so many have heard · 30 members, 50 % loss · 99 %",
  "demers · Table 1: push, feedback and counter · k = 1 · average delay",
  "demers · Table 1: push, feedback and counter · k = 2 · average delay",
  "demers · Table 1: push, feedback and counter · k = 3 · average delay",
  "demers · Table 1: push, feedback and counter · k = 4 · average delay",
  "demers · Table 1: push, feedback and counter · k = 5 · average delay",
  "demers · Table 2: push, blind and coin · k = 3 · average delay",
  "demers · Table 2: push, blind and coin · k = 4 · average delay",
  "demers · Table 2: push, blind and coin · k = 5 · average delay",
]);

/** Misses that are not known yet. */
export const newMissesIn = (document: Document): readonly Miss[] => missesIn(document).filter(({ name }) => !knownMisses.has(name));
