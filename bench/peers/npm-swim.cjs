/** Members of the npm package `swim`, in a process of their own: `node npm-swim.cjs FOLDER FIRST_PORT COUNT SEED_PORT`. Prints how many others they see whenever that changes. */

const { createRequire } = require("node:module");
const [folder, first, count, seed] = process.argv.slice(2);
const Swim = createRequire(`${folder}/package.json`)("swim");

const hostOf = (port) => `127.0.0.1:${port}`;

const members = Array.from({ length: Number(count) }, (_, index) => new Swim({
  local: { host: hostOf(Number(first) + index) },
  interval: 1000, pingTimeout: 500, pingReqTimeout: 500, pingReqGroupSize: 3, suspectTimeout: 6000, joinTimeout: 1000,
}));

let said = -1;
/** The fewest others that any of them holds alive or suspect. */
function say() {
  const fewest = Math.min(...members.map((member) => member.members().length));
  if (fewest !== said) process.stdout.write(`${fewest}\n`);
  said = fewest;
}

for (const member of members) {
  member.on("change", () => setImmediate(say));
  member.on("update", () => setImmediate(say));
  member.on("error", () => undefined);
}

const [founder, ...rest] = members;
const join = () => rest.forEach((member) => member.bootstrap([hostOf(Number(seed))]));
founder.bootstrap(seed === first ? [] : [hostOf(Number(seed))], join);
