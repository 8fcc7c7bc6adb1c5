/** Two members and a message. `node --import tsx examples/two-members.ts` */

import { createMember } from "../adapter/index.ts";

await using alice = await createMember({ name: "alice", bind: "127.0.0.1:0" });
await using bob = await createMember({ name: "bob", bind: "127.0.0.1:0" });

alice.on("join", ({ peer }) => console.log(`alice sees ${peer.name}`));
alice.on("leave", ({ peer }) => console.log(`alice sees ${peer.name} leave`));
const word = bob.once("message");

await bob.join([alice.address]);
alice.send("bob", "hello");
console.log(`bob hears ${Buffer.from((await word).payload).toString()}`);

await bob.leave();
