/** The engine's own invariants, for every member, after every step. */

import { brokenAfter, brokenBetween, brokenIn } from "../../../engine/index.ts";
import type { Oracle } from "../oracle.ts";

export const invariantsHold: Oracle = {
  name: "invariants",
  kind: "always",
  says: "every invariant of a member holds after every step of every member",
  watch: ({ tested, broken }) => ({
    born(at, who, state) {
      for (const name of brokenIn(state)) broken(at, who, `at birth: ${name}`);
    },
    stepped({ at, who, before, event, after }) {
      tested();
      for (const name of brokenAfter(before, after)) broken(at, who, name);
      if (before !== after) for (const name of brokenBetween(before, event, after)) broken(at, who, name);
    },
  }),
};
