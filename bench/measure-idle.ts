/**
 * What a member among 1,000 uses while nothing happens: `node --import tsx bench/measure-idle.ts 60` watches one for a minute, and prints one line of JSON. The member is a
 * process of its own, compiled as it is published (`tsc -p bench/tsconfig.published.json`); the others are sockets of this one. Each second the member pings one of them and is
 * pinged by one, as in a group of 1,000 members, and once in the time that counts it is told a whole view and tells its own: six times as often as there, for a minute.
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as passing } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { assert, type Address } from "../engine/index.ts";
import { Crowd } from "./crowd.ts";
import type { Use } from "./idle.ts";

export type IdleMeasurement = {
  /** Of one core, in percent. */
  readonly processor: number;
  readonly residentMebibytes: number;
  /** While it was watched. 1,000 and no suspicion, or the machine was too busy for it to be idle. */
  readonly alive: number;
  readonly suspected: number;
};

const MEMBERS = 1_000;
/** Milliseconds for the newcomer to be let in and told of, and for the compiler to see what there is to see. */
const SETTLING = 20_000;
const PERIOD = 1_000;

async function measure(seconds: number): Promise<IdleMeasurement> {
  const crowd = await Crowd.of(MEMBERS - 1);
  const idle = fork(fileURLToPath(new URL("../.build/published/bench/idle.js", import.meta.url)), [crowd.address], { execArgv: [] });
  const ended = once(idle, "exit").then(([code]) => { throw new Error(`the member ended with ${code}`); });
  ended.catch(() => {});
  const next = async <T>(): Promise<T> => (await Promise.race([once(idle, "message"), ended]) as [T])[0];
  const ask = (): Promise<Use> => {
    const answer = next<Use>();
    idle.send("use");
    return answer;
  };
  const address = await next<Address>();
  const pings = setInterval(() => crowd.ping("idle", address), PERIOD);
  await passing(SETTLING);
  const before = await ask();
  assert(before.alive === MEMBERS, `it knows ${MEMBERS} members`);
  const began = performance.now();
  await passing(seconds * 500);
  crowd.exchange(address);
  await passing(seconds * 500);
  const [after, passed] = [await ask(), performance.now() - began];
  assert(after.exchanged > before.exchanged, "views were exchanged");
  clearInterval(pings);
  idle.disconnect();
  await crowd.close();
  return {
    processor: (100 * (after.cpu - before.cpu)) / passed, residentMebibytes: after.residentMebibytes,
    alive: after.alive, suspected: after.suspected - before.suspected,
  };
}

process.stdout.write(`${JSON.stringify(await measure(Number(process.argv[2] ?? "60")))}\n`);
