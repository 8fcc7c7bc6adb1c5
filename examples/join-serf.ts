/** A member of a Serf cluster: `node --import tsx examples/join-serf.ts 127.0.0.1:7946`, the address of any agent. Ctrl-C leaves. */

import { createMember } from "../adapter/index.ts";

const [seed = "127.0.0.1:7946", bind = "127.0.0.1:7950"] = process.argv.slice(2);
const member = await createMember({ name: "node-1", bind, preset: "serf", tags: { role: "web", version: "7" } });

for (const kind of ["join", "update", "failed", "leave"] as const) {
  member.on(kind, ({ peer }) => console.log(kind, peer.name, peer.address, peer.tags));
}
member.on("event", ({ name, payload }) => console.log("event", name, Buffer.from(payload).toString()));
member.on("query", ({ name, answer }) => { if (name === "load") answer("0.7"); });

await member.join([seed]);
member.event("hello", "from Node.js");
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void member.leave());
