/** Crashes and standstills: a signal for a process in which nobody is left to go on, a word for each member in any other. */

import type { Script } from "../../sim/index.ts";
import type { Lodging } from "./houses.ts";

export type Strikes = {
  readonly crash: (member: number) => void;
  readonly pause: (member: number) => void;
  readonly resume: (member: number) => void;
  /** The truth is settled: does to houses and members what was gathered. */
  readonly carryOut: () => void;
  /** How many houses were killed. */
  readonly killed: () => number;
};

export function strikesOn(lodgings: readonly Lodging[], { truth }: Pick<Script, "truth">): Strikes {
  const [crash, paused, resumed] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const halted = new Set<Lodging>();
  let killed = 0;

  function killOrCrash(lodging: Lodging): void {
    const { members, signals, tell } = lodging;
    const dying = members.filter((member) => crash.has(member));
    if (dying.length === 0) return;
    if (signals === null || members.some((member) => truth.isPresent(member))) return dying.forEach((member) => tell({ kind: "crash", member }));
    killed++;
    halted.delete(lodging);
    signals.kill();
  }

  function haltOrPause(lodging: Lodging): void {
    const { members, signals, tell } = lodging;
    const stopping = members.filter((member) => paused.has(member));
    if (stopping.length === 0) return;
    const goesOn = members.some((member) => truth.isPresent(member) && truth.of(member) !== "paused");
    if (signals === null || goesOn) return stopping.forEach((member) => tell({ kind: "pause", member }));
    halted.add(lodging);
    signals.stop();
  }

  function goOn(lodging: Lodging): void {
    const { members, signals, tell } = lodging;
    const going = members.filter((member) => resumed.has(member));
    if (going.length === 0) return;
    for (const member of going) tell({ kind: "resume", member });
    if (!halted.delete(lodging)) return;
    // Those that have not stood still long enough must do so by themselves from now on.
    for (const member of members) if (truth.of(member) === "paused") tell({ kind: "pause", member });
    signals?.go();
  }

  return {
    crash: (member) => void crash.add(member),
    pause: (member) => void paused.add(member),
    resume: (member) => void resumed.add(member),
    killed: () => killed,
    carryOut: () => {
      for (const lodging of lodgings) {
        killOrCrash(lodging);
        haltOrPause(lodging);
        goOn(lodging);
      }
      for (const set of [crash, paused, resumed]) set.clear();
    },
  };
}
