/** Seeds with names: looked up again while they lead nowhere, as when a whole group is being started. */

import { expect, test } from "vitest";
import { memberlistCodec, MemberError, memoryNetwork } from "../../../adapter/index.ts";
import { exchanges } from "../../../adapter/exchange/exchanges.ts";
import { openDriver } from "../../../adapter/driver/open.ts";
import { RunningMember } from "../../../adapter/member/running.ts";
import { memberId, presets, type Address } from "../../../engine/index.ts";
import { aMemberIn, listen, namesOf } from "./group.ts";

test("a host that there is not yet is looked up every five seconds, until there is", async () => {
  const world = memoryNetwork();
  const a = await aMemberIn(world, "a");
  const known = new Map<string, Address>();
  let looked = 0;
  const { transport, clock, seed } = world.host("b");
  let b: RunningMember | undefined;
  const driver = await openDriver({
    clock, transport, codec: memberlistCodec(), serf: null, birth: { config: presets.swimlab, id: memberId("b"), seed },
    exchanges: (codec, hear) => exchanges({ transport, codec, hear, clock }), report: (report) => b?.hear(report),
  });
  b = new RunningMember(driver, {
    clock, keyring: undefined, ruled: { why: "" }, hooks: {}, transport: {}, close: () => {},
    resolve: (text) => {
      looked++;
      const found = known.get(text);
      return found === undefined ? Promise.reject(new MemberError("no-such-host", `no host is called "${text}"`)) : Promise.resolve([found]);
    },
  });
  const heard = listen(b);
  b.joinInPassing(["seed.example:7946"]);
  await world.pass(12);
  expect([looked, heard]).toEqual([3, ["error join-failed", "error join-failed", "error join-failed"]]);
  known.set("seed.example:7946", a.state.self.address);
  await world.pass(12);
  expect([looked, namesOf(b)]).toEqual([4, ["a", "b"]]);
  await Promise.all([a.stop(), b.stop()]);
});
