/** A consistent-hash ring that follows the membership: each key belongs to a member, and few move when one goes. `node --import tsx examples/hash-ring.ts` */

import { createHash } from "node:crypto";
import { createMember, memoryNetwork, type SwimMember } from "../adapter/index.ts";

const place = (text: string): number => createHash("sha1").update(text).digest().readUInt32BE();

/** Each member stands on the ring a hundred times; a key belongs to the next one. */
function ringOf(member: SwimMember): (key: string) => string {
  const ring = member.members().flatMap(({ name }) => Array.from({ length: 100 }, (_, k) => ({ name, at: place(`${name} ${k}`) })));
  ring.sort((one, other) => one.at - other.at);
  return (key) => (ring.find(({ at }) => at >= place(key)) ?? ring[0])?.name ?? "";
}

const world = memoryNetwork();
const members = [await createMember(world.host("m0"))];
for (const name of ["m1", "m2", "m3", "m4"]) members.push(await createMember({ ...world.host(name), seeds: [members[0]!.address] }));
await world.pass(10);

const keys = Array.from({ length: 1000 }, (_, k) => `key ${k}`);
const [before, elsewhere] = [keys.map(ringOf(members[0]!)), keys.map(ringOf(members[4]!))];
console.log("all members agree:", before.every((owner, k) => owner === elsewhere[k]));
await members[3]!.stop();
await world.pass(60);
console.log("m3 owned:", before.filter((owner) => owner === "m3").length);
const after = keys.map(ringOf(members[0]!));
console.log("m3 owns:", after.filter((owner) => owner === "m3").length);
console.log("moved that were not m3's:", after.filter((owner, k) => owner !== before[k] && before[k] !== "m3").length);
await Promise.all(members.map((member) => member.stop()));
