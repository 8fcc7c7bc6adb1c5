/** Members of ours in a process of their own: `node --import tsx swimlab.ts FIRST_PORT COUNT SEED_PORT`. Prints how many others they see whenever that changes. */

import { createMember, type SwimMember } from "../../adapter/index.ts";

const [first = 0, count = 0, seed = 0] = process.argv.slice(2).map(Number);

let said = -1;

/** The fewest others that any of them holds alive or suspect. */
function say(members: readonly SwimMember[]): void {
  const fewest = Math.min(...members.map((member) => member.members().length - 1));
  if (fewest !== said) process.stdout.write(`${fewest}\n`);
  said = fewest;
}

const members: SwimMember[] = [];
for (let port = first; port < first + count; port++) {
  const member = await createMember({ name: `m${port}`, bind: `127.0.0.1:${port}`, preset: "memberlist-lan", seeds: port === seed ? [] : [`127.0.0.1:${seed}`] });
  members.push(member);
  for (const event of ["join", "failed", "leave"] as const) member.on(event, () => say(members));
}
