/** A consistent-hash ring that follows the membership: each key belongs to a member, and few move when one goes. `node --import tsx examples/hash-ring.ts` */

import { createHash } from "node:crypto";
import { createMember, memoryNetwork, type SwimMember } from "../adapter/index.ts";

const place = (text: string): number => createHash("sha1").update(text).digest().readUInt32BE();
const keys = Array.from({ length: 1_000 }, (_, k) => `key ${k}`);

/** Whom each key belongs to: who stands next on the ring, where each member stands a hundred times. */
function ownersBy(member: SwimMember): string[] {
  const ring = member.members().flatMap(({ name }) => Array.from({ length: 100 }, (_, k) => ({ name, at: place(`${name} ${k}`) }))).toSorted((a, b) => a.at - b.at);
  return keys.map((key) => (ring.find(({ at }) => at >= place(key)) ?? ring[0])?.name ?? "");
}

const world = memoryNetwork();
const first = await createMember(world.host("m0"));
const others = await Promise.all(["m1", "m2", "m3"].map((name) => createMember({ ...world.host(name), seeds: [first.address] })));
await world.pass(10);

const before = ownersBy(first);
console.log("all members agree:", others.every((member) => ownersBy(member).join() === before.join()));
await others[2]?.stop();
await world.pass(60);
const after = ownersBy(first);
console.log("m3's keys:", before.filter((owner) => owner === "m3").length, "before,", after.filter((owner) => owner === "m3").length, "after");
console.log("keys of others that moved:", after.filter((owner, k) => owner !== before[k] && before[k] !== "m3").length);
