/** One signal for everything that an application has: all of it ends, and Node.js has nothing to warn of. */

import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { aMemberIn, aWorld } from "./group.ts";

test("a signal ends as many members and waits as there are, each once, and what is over hangs on it no longer", async () => {
  const warnings: string[] = [];
  const warn = ({ message }: Error): void => { warnings.push(message); };
  process.on("warning", warn);
  const [world, abort] = [aWorld(), new AbortController()];
  const { signal } = abort;
  const members = await Promise.all(Array.from({ length: 12 }, (_, index) => aMemberIn(world, `m${index}`, { signal })));
  const stay = await aMemberIn(world, "stay");
  const before = await Promise.all([members[0]!.join([stay.address], { signal }), world.pass(1)]);
  expect(before[0]).toBe(1);
  const waits = Array.from({ length: 20 }, () => [stay.once("leave", signal), stay.ping("m0", { signal })]).flat();
  abort.abort("enough");
  const ended = await Promise.allSettled(waits);
  expect(ended.every((end) => end.status === "rejected" && (end.reason as { code: string }).code === "aborted")).toBe(true);
  await Promise.all(members.map((member) => member.stop()));
  expect(members.map(({ readiness }) => readiness)).toEqual(members.map(() => "leaving"));
  await expect(aMemberIn(world, "late", { signal })).rejects.toMatchObject({ code: "aborted", cause: "enough" });
  expect(stay.readiness).toBe("ready");
  await stay.stop();
  await setImmediate();
  process.off("warning", warn);
  expect(warnings).toEqual([]);
});
