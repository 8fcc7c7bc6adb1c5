/** Growth: nothing that a member keeps grows beyond the size of the group. */

import { broadcastsWaiting, rumoursWaiting, sizeOf, sizeOfAgenda, type State } from "../../../engine/index.ts";
import type { Oracle } from "../oracle.ts";

export const nothingGrows: Oracle = {
  name: "growth",
  kind: "always",
  says: "in a group of n, no member keeps more than n records and rumours, n − 1 suspicions, tombstones and flaps, or more broadcasts than were made and packets corrupted",
  watch({ scene, tested, broken }) {
    const n = scene.scenario.members.length;
    const kept: readonly (readonly [what: string, most: number, of: (state: State) => number])[] = [
      ["records", n, ({ view }) => sizeOf(view)],
      ["rumours", n, ({ rumours }) => rumoursWaiting(rumours)],
      ["suspicions", n - 1, ({ suspicions }) => sizeOfAgenda(suspicions)],
      ["tombstones", n - 1, ({ tombstones }) => sizeOfAgenda(tombstones)],
      ["flaps", n - 1, ({ flaps }) => sizeOfAgenda(flaps)],
      ["errands", scene.scenario.config.errandsLimit, ({ errands }) => sizeOfAgenda(errands)],
    ];
    /** How many broadcasts were requested in the whole run: each waits at most once at each member. */
    let broadcasts = 0;
    /** memberlist's checksum does not cover its own type byte: a packet that is corrupted there may be taken for an application's message. */
    const spoilt = (): number => scene.network.fates.results(0).corrupted;
    return {
      stepped({ at, who, event, after }) {
        if (event.kind === "asked-to-broadcast") broadcasts++;
        tested();
        for (const [what, most, of] of kept) if (of(after) > most) broken(at, who, `${of(after)} ${what}; the limit is ${most}`);
        const waiting = broadcastsWaiting(after.mail);
        if (waiting > broadcasts && waiting > broadcasts + spoilt()) broken(at, who, `${waiting} broadcasts; the limit is ${broadcasts}, as many as were made`);
      },
    };
  },
};
