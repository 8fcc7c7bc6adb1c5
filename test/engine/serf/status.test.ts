/** Who left and who failed, in words. */

import { describe, expect, test } from "vitest";
import { aSerf, came, departed, died, forgotten, hearsIntent, heldOf, outputsAfter, announced } from "./builders.ts";
import { aRecord, at } from "../../builders.ts";

describe("a member's status", () => {
  test("rule 65: who goes having said so has left, who goes without has failed, whatever memberlist calls the end", () => {
    for (const [happened, status, news] of [
      // happened                                              it is now     and the application hears
      [[came("b")],                                            "alive@0",    ["b none -> alive"]],
      [[hearsIntent("join b@3"), came("b")],                   "alive@3",    ["b none -> alive"]],
      [[hearsIntent("leave b@3"), came("b")],                  "leaving@3",  ["b none -> leaving"]],
      [[hearsIntent("leave b@3"), hearsIntent("join b@4"), came("b")], "alive@4", ["b none -> alive"]],
      [[came("b"), died("b")],                                 "failed@0",   ["b alive -> failed"]],
      [[came("b"), departed("b")],                             "failed@0",   ["b alive -> failed"]],
      [[came("b"), hearsIntent("leave b@3"), died("b")],       "left@3",     ["b leaving -> left"]],
      [[came("b"), hearsIntent("leave b@3"), departed("b")],   "left@3",     ["b leaving -> left"]],
      [[came("b"), died("b"), departed("b")],                  "failed@0",   []],
      [[came("b"), died("b"), came("b")],                      "alive@0",    ["b failed -> alive"]],
      [[came("b"), hearsIntent("leave b@3"), died("b"), came("b")], "alive@3", ["b left -> alive"]],
      [[died("b")],                                            undefined,    []],
    ] as const) {
      const trial = happened.map((input) => input.kind === "announced" && input.change.kind);
      expect([trial, heldOf(aSerf("a", ...happened), "b")]).toEqual([trial, status]);
      expect([trial, outputsAfter(aSerf("a", ...happened.slice(0, -1)), ...happened.slice(-1))]).toEqual([trial, news]);
    }
  });

  test("is forgotten with the engine's tombstone", () => {
    expect(outputsAfter(aSerf("a", came("b"), died("b")), forgotten("b"))).toEqual(["b failed -> none"]);
    expect(heldOf(aSerf("a", came("b"), died("b"), forgotten("b")), "b")).toBeUndefined();
    expect(outputsAfter(aSerf("a"), forgotten("b"))).toEqual([]);
  });

  test("does not change with meta or address, which are announced; of strangers nothing is", () => {
    const elsewhere = { ...aRecord("b", { meta: "new" }), address: at("c") };
    expect(outputsAfter(aSerf("a", came("b")), announced(1, { kind: "updated", member: elsewhere }))).toEqual(["b updated"]);
    expect(outputsAfter(aSerf("a"), announced(1, { kind: "updated", member: elsewhere }))).toEqual([]);
    expect(heldOf(aSerf("a", came("b"), announced(1, { kind: "updated", member: elsewhere })), "b")).toBe("alive@0");
  });

  test("is our own as well: we are there from the start", () => {
    expect(heldOf(aSerf("a"), "a")).toBe("alive@0");
  });

  test("knows no suspects: what the engine tells of them makes no difference", () => {
    const state = aSerf("a", came("b"));
    for (const kind of ["cleared", "damped"] as const) {
      expect(outputsAfter(state, announced(1, { kind, member: aRecord("b", { status: "suspect" }) }))).toEqual([]);
    }
  });
});
