/** The oracles, in the order of pages and reports. */

import { theLivingReturn } from "./always/death.ts";
import { crashesAreDetected } from "./always/completeness.ts";
import { datagramsFit } from "./always/datagram.ts";
import { leavingIsNotFailing } from "./always/farewell.ts";
import { nothingGrows } from "./always/growth.ts";
import { incarnationsAreOwned } from "./always/incarnation.ts";
import { invariantsHold } from "./always/member.ts";
import { nobodyRises } from "./always/resurrection.ts";
import { rumoursAreLimited } from "./always/telling.ts";
import { allAgree } from "./eventually/agreement.ts";
import type { Oracle } from "./oracle.ts";
import { sightings } from "./sometimes/sometimes.ts";

export { Jury } from "./jury.ts";
export { playJudged, type Judged } from "./play.ts";
export type { Breach, Docket, Finding, Oracle, OracleKind, Scene, Taken, Watcher } from "./oracle.ts";
export * as bounds from "./bounds.ts";
export { lastTroubleAt } from "./calm.ts";

export const oracles: readonly Oracle[] = [
  invariantsHold, incarnationsAreOwned, nobodyRises, crashesAreDetected, theLivingReturn, leavingIsNotFailing, rumoursAreLimited, datagramsFit, nothingGrows,
  allAgree,
  ...sightings,
];

/** The oracle of this name. */
export const oracleOf = (name: string): Oracle | undefined => oracles.find((oracle) => oracle.name === name);
