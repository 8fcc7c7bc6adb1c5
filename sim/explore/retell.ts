/** Tells a path through a small world to a recorder as if it were a run: for traces, and for the viewer. */

import type { MemberId, Rng, State } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import { firstSituation, Mover } from "./moves.ts";
import { nameOf, type Move, type SmallWorld } from "./world.ts";

/** The path enumerated dice instead of drawing them: wherever a member's dice were replaced, it is recorded as born again in the same state. */
export function retellPath(world: SmallWorld, path: readonly Move[], recorder: Recorder): void {
  const mover = new Mover(world);
  let situation = firstSituation(world);
  const boxes = new Map<MemberId, Rng>();
  const born = (state: State): void => {
    boxes.set(state.self.id, state.rng);
    recorder.born?.(situation.now, state.self.id, state);
  };
  situation.states.forEach(born);
  for (const move of path) {
    if (move.kind === "crash") recorder.disrupted?.(situation.now, "crash", [nameOf(move.member)]);
    if (move.kind === "leave") recorder.disrupted?.(situation.now, "leave", [nameOf(move.member)]);
    const { situation: next, took } = mover.after(situation, move);
    if (took !== null) {
      const box = boxes.get(took.before.self.id);
      if (box?.s0 !== took.before.rng.s0 || box.s1 !== took.before.rng.s1) born(took.before);
      boxes.set(took.before.self.id, took.after.rng);
      recorder.stepped?.(next.now, took.before.self.id, took.event, took.effects, took.after);
    }
    situation = next;
  }
}
