/** Signals for whole processes, words for single members. */

import { expect, test } from "vitest";
import type { Lodging } from "../../../bin/udp/houses.ts";
import { strikesOn } from "../../../bin/udp/strikes.ts";
import { aScene } from "../../sim/measure/scene.ts";

/** Two processes of two members, and what is done to them. */
function twoHouses(): { readonly done: string[]; readonly scene: ReturnType<typeof aScene>; readonly strikes: ReturnType<typeof strikesOn> } {
  const scene = aScene("a", "b", "c", "d");
  const done: string[] = [];
  const lodging = (name: string, ...members: readonly number[]): Lodging => ({
    members,
    tell: (order) => void done.push(`${name}: ${order.kind} ${"member" in order ? order.member : ""}`),
    signals: { kill: () => void done.push(`${name}: SIGKILL`), stop: () => void done.push(`${name}: SIGSTOP`), go: () => void done.push(`${name}: SIGCONT`) },
    end: () => Promise.resolve(),
  });
  return { done, scene, strikes: strikesOn([lodging("x", 0, 1), lodging("y", 2, 3)], scene) };
}

test("a process is killed when nobody in it is left; until then its members crash one by one", () => {
  const { done, scene, strikes } = twoHouses();
  scene.become("a", "crashed");
  strikes.crash(0);
  strikes.carryOut();
  expect(done).toEqual(["x: crash 0"]);
  scene.become("b", "crashed");
  strikes.crash(1);
  strikes.carryOut();
  expect(done.slice(1)).toEqual(["x: SIGKILL"]);
  expect(strikes.killed()).toBe(1);
});

test("a process stands still when all who are left in it do, and goes on as soon as one does", () => {
  const { done, scene, strikes } = twoHouses();
  scene.become("c", "paused");
  strikes.pause(2);
  strikes.carryOut();
  scene.become("a", "paused");
  scene.become("b", "paused");
  strikes.pause(0);
  strikes.pause(1);
  strikes.carryOut();
  scene.become("a", "running");
  strikes.resume(0);
  strikes.carryOut();
  expect(done).toEqual(["y: pause 2", "x: SIGSTOP", "x: resume 0", "x: pause 1", "x: SIGCONT"]);
});
