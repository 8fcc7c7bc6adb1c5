/** A member that comes back: a file keeps which life it was, and where the others are, so that none of its seeds need be where it was. `node --import tsx examples/come-back.ts` */

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createMember, memoryNetwork, type SwimMember } from "../adapter/index.ts";

const [world, file] = [memoryNetwork(), `${process.env["TMPDIR"] ?? "/tmp"}/come-back-${process.pid}.json`];
const write = (life: number, others: string[]): void => writeFileSync(file, JSON.stringify({ life, others }));

async function begin(): Promise<SwimMember> {
  const { life, others } = JSON.parse(readFileSync(file, "utf8"));
  write(life + 1, others);
  const member = await createMember({ ...world.host("b"), generation: life + 1, seeds: others });
  for (const kind of ["join", "update"] as const) member.on(kind, () => write(life + 1, member.members("all").map(({ address }) => address)));
  return member;
}

const a = await createMember(world.host("a"));
const c = await createMember({ ...world.host("c"), seeds: [a.address] });
write(0, [a.address]);
const b = await begin();
await world.pass(10);
const [again] = await Promise.all([b.stop().then(begin), a.stop()]);
await world.pass(60);
console.log("its first seed is gone; b knows", ...again.members().map(({ name }) => name), "and is in its second life:", c.find("b")!.incarnation > b.self.incarnation);
await Promise.all([again.stop(), c.stop(), rmSync(file)]);
