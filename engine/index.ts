/** The door of the engine: everything that others may use. */

export * from "./words/units.ts";
export * from "./words/member.ts";
export * from "./words/config.ts";
export * from "./words/presets.ts";
export { configSubjects, sourceOf, type ConfigSubject, type Sources } from "./words/config-sources.ts";
export type * from "./words/suspicion.ts";
export { assert, BrokenPromise, impossible } from "./words/assert.ts";
export { fold, foldText, foldWide, hashOf, mix } from "./words/mix.ts";
export { below, nextBox, rngFrom, throwOf, type Rng } from "./words/rng.ts";
export { ceilLn, ceilLog10, exp, ln, log10Thousandths } from "./words/logarithm.ts";
export * from "./messages/message.ts";
export * from "./messages/event.ts";
export * from "./messages/effect.ts";
export * from "./view/index.ts";
export { step } from "./step.ts";
export * from "./state.ts";
export { brokenBetween, brokenIn, invariants, transitions, type Invariant, type Transition } from "./invariants.ts";
export * from "./wire/index.ts";
export * from "./serf/index.ts";
export { admitting, type Admits, type AdmitsMerge } from "./admission.ts";
export { withinCidrs } from "./cidr.ts";
export { withView } from "./with.ts";
export { hush, noRumours, rumoursIn, spread, tell, tellLimit, type Rumours } from "./rules/dissemination.ts";
