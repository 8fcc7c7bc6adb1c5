/** Resurrection: a member that is held gone stays gone, unless it says otherwise itself. */

import { differences, isLiving, type Member } from "../../../engine/index.ts";
import type { Oracle } from "../oracle.ts";

/** The end of a member, as one observer heard of it, and until when, by the observer's clock, it should remember that. */
type End = { readonly incarnation: number; readonly address: Member["address"]; readonly until: number };

export const nobodyRises: Oracle = {
  name: "resurrection",
  kind: "always",
  says: "a member that held another gone holds it living again only at a higher incarnation or from another address, for as long as gone members are remembered",
  watch({ scene, tested, broken }) {
    /** For each observer: the ends of others that it heard of. */
    const ends = new Map<number, Map<string, End>>();
    return {
      born: (_, who) => void ends.delete(who),
      stepped({ at, who, before, event, after }) {
        if (after.view === before.view) return;
        for (const { mine: was, theirs: is } of differences(before.view, after.view)) {
          const id = (is ?? was)?.id;
          if (id === undefined || id === after.self.id) continue;
          const remembered = ends.get(who) ?? new Map<string, End>();
          ends.set(who, remembered);
          if (is !== undefined && !isLiving(is.status)) {
            const until = was === undefined || isLiving(was.status) ? event.now + scene.scenario.config.forgetAfter : (remembered.get(id)?.until ?? event.now);
            remembered.set(id, { incarnation: is.incarnation, address: is.address, until });
            continue;
          }
          const end = remembered.get(id);
          if (is === undefined || end === undefined) continue;
          remembered.delete(id);
          if (event.now >= end.until) continue;
          tested();
          if (is.incarnation <= end.incarnation && is.address === end.address) broken(at, who, `it holds ${id} living again at incarnation ${is.incarnation}, and had held it gone at ${end.incarnation}`);
        }
      },
    };
  },
};
