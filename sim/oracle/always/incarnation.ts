/** Incarnations: only a member itself raises its incarnation. */

import { differences, type State } from "../../../engine/index.ts";
import type { Oracle } from "../oracle.ts";

export const incarnationsAreOwned: Oracle = {
  name: "incarnations",
  kind: "always",
  says: "an incarnation never falls while its member's process runs, and nobody holds one that the member never gave itself",
  watch({ scene, numberOf, tested, broken }) {
    /** The highest incarnation that each member ever gave itself. */
    const highest = new Map<number, number>();
    const give = (who: number, { self }: State): void => void highest.set(who, Math.max(self.incarnation, highest.get(who) ?? 0));
    return {
      born: (_, who, state) => give(who, state),
      stepped({ at, who, before, after }) {
        if (after.self !== before.self) {
          tested();
          if (after.self.incarnation < before.self.incarnation) broken(at, who, `its own incarnation fell from ${before.self.incarnation} to ${after.self.incarnation}`);
          give(who, after);
        }
        if (after.view === before.view) return;
        for (const { theirs } of differences(before.view, after.view)) {
          if (theirs === undefined) continue;
          tested();
          const owner = numberOf(theirs.id);
          if (owner === undefined) broken(at, who, `it holds ${theirs.id}, which was never a member`);
          else if (theirs.incarnation > (highest.get(owner) ?? 0)) {
            broken(at, who, `it holds ${theirs.id} at incarnation ${theirs.incarnation}, and the highest that ${scene.ids[owner] ?? ""} ever had is ${highest.get(owner) ?? 0}`);
          }
        }
      },
    };
  },
};
