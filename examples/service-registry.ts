/** A registry of services: who offers what, and where. It follows the group: no server keeps it. `node --import tsx examples/service-registry.ts` */

import { createMember, type SwimMember } from "../adapter/index.ts";

const offer = (name: string, service: string, port: number, seeds: string[] = []): Promise<SwimMember> =>
  createMember({ name, bind: "127.0.0.1:0", tags: { service, port: String(port) }, seeds });

/** The URLs of all living members that offer a service. */
const find = (member: SwimMember, service: string): string[] =>
  member.members().filter(({ tags }) => tags["service"] === service).map(({ address, tags }) => `http://${address.replace(/:\d+$/, "")}:${tags["port"]}`);

const first = await offer("web-1", "web", 8001);
const others = [await offer("web-2", "web", 8002, [first.address]), await offer("db-1", "db", 5432, [first.address])];
while (first.members().length < 3) await first.once("join");
console.log("web:", find(first, "web").join(" "));
console.log("db:", find(first, "db").join(" "));

const gone = first.once("leave");
await others[0]?.leave();
await gone;
console.log("web, one less:", find(first, "web").join(" "));
await Promise.all([first.stop(), others[1]?.stop()]);
