/** Serf over the engine, whole: a few agents that join, tell, leave, crash and come again. */

import { describe, expect, test } from "vitest";
import { bytes } from "../../../engine/index.ts";
import { heldOf } from "./builders.ts";
import { aGroup, ask, crash, heardBy, join, pass, serfOf, type Group } from "./group.ts";

const statusesAt = (group: Group, name: string): string => {
  const serf = serfOf(group, name);
  return serf === undefined ? "" : ["a", "b", "c", "d"].flatMap((other) => (heldOf(serf, other) === undefined ? [] : [`${other} ${heldOf(serf, other)}`])).join(", ");
};

function settled(): Group {
  const group = aGroup("a", "b", "c", "d");
  for (const name of ["b", "c", "d"]) {
    join(group, name, "a");
    pass(group, 2);
  }
  for (const name of ["a", "b", "c", "d"]) heardBy(group, name);
  return group;
}

describe("a group of agents", () => {
  test("that joined one after another agrees on who is there, and since when, as agents of Serf do", () => {
    const group = settled();
    for (const name of ["a", "b", "c", "d"]) expect([name, statusesAt(group, name)]).toEqual([name, "a alive@0, b alive@1, c alive@2, d alive@3"]);
  });

  test("hears of a leave before it sees it, and holds who left apart from who failed", () => {
    const group = settled();
    ask(group, "c", (now) => ({ kind: "asked-to-leave", now }));
    pass(group, 30);
    expect(heardBy(group, "c")).toEqual(["c alive -> leaving", "c leaving -> left"]);
    for (const name of ["a", "b", "d"]) expect([name, heardBy(group, name)]).toEqual([name, ["c alive -> leaving", "c leaving -> left"]]);
    crash(group, "d");
    pass(group, 60);
    for (const name of ["a", "b"]) expect([name, heardBy(group, name)]).toEqual([name, ["d alive -> failed"]]);
    for (const name of ["a", "b"]) expect([name, statusesAt(group, name)]).toEqual([name, "a alive@0, b alive@1, c left@4, d failed@3"]);
  });

  test("hears a user event once, and so does who joins later, unless it asks not to", () => {
    const group = aGroup("a", "b", "c", "d");
    join(group, "b", "a");
    pass(group, 2);
    ask(group, "b", (now) => ({ kind: "asked-to-tell", now, name: "deploy", payload: bytes(":1"), coalesce: false }));
    pass(group, 10);
    join(group, "c", "a", "heard");
    join(group, "d", "b", "ignored");
    pass(group, 60);
    const told = (name: string): readonly string[] => heardBy(group, name).filter((news) => news.startsWith("told"));
    expect(["a", "b", "c", "d"].map(told)).toEqual([["told deploy:1@1"], ["told deploy:1@1"], ["told deploy:1@1"], []]);
  });

  test("takes who restarts for alive again, though it is remembered as having left", () => {
    const group = settled();
    ask(group, "c", (now) => ({ kind: "asked-to-leave", now }));
    pass(group, 30);
    const reborn = aGroup("c").members;
    for (const [where, driven] of reborn) group.members.set(where, driven);
    for (const name of ["a", "b", "d"]) heardBy(group, name);
    join(group, "c", "a");
    pass(group, 30);
    for (const name of ["a", "b", "d"]) expect([name, heardBy(group, name)]).toEqual([name, ["c left -> alive"]]);
  });
});
