/**
 * What a member among 1,000 uses while nothing happens: `node --import tsx bench/measure-idle.ts 30` watches one for half a minute, and prints one line of JSON. The member is a
 * process of its own, compiled as it is published (`tsc -p bench/tsconfig.published.json`); the others are sockets of this one. The member pings
 * one of them each second, and compares its view with one each half minute; one of them does the same to it, as in a real group of this size.
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as passing } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { assert, presets, type Address } from "../engine/index.ts";
import { calibrationMilliseconds } from "./calibration.ts";
import { Crowd } from "./crowd.ts";
import type { Use } from "./idle.ts";

export type IdleMeasurement = {
  /** Of one core, in percent. */
  readonly processor: number;
  /** Milliseconds of CPU a second, as a multiple of the calibration loop that ran before and after. */
  readonly ratio: number;
  readonly residentMebibytes: number;
  /** While it was watched. 1,000 and no suspicion, or the machine was too busy for it to be idle. */
  readonly alive: number;
  readonly suspected: number;
};

const MEMBERS = 1_000;
/** Milliseconds for the newcomer to join and to be disseminated, and for the code to be compiled. */
const SETTLING = 5_000;

async function measure(seconds: number): Promise<IdleMeasurement> {
  // Not while the member runs, because it would keep the crowd from answering.
  const calibration = calibrationMilliseconds();
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
  const { periodEvery, syncEvery } = presets.swimlab;
  const talk = [setInterval(() => crowd.ping("idle", address), periodEvery / 1_000), setInterval(() => crowd.compare(address), syncEvery / 1_000)];
  await passing(SETTLING);
  const before = await ask();
  assert(before.alive === MEMBERS, `it knows ${MEMBERS} members`);
  const began = performance.now();
  await passing(seconds * 1_000);
  const [after, passed] = [await ask(), performance.now() - began];
  assert(after.compared > before.compared, "views were compared");
  for (const each of talk) clearInterval(each);
  idle.disconnect();
  await crowd.close();
  const processor = (100 * (after.cpu - before.cpu)) / passed;
  return {
    processor, ratio: (2 * 10 * processor) / (calibration + calibrationMilliseconds()), residentMebibytes: after.residentMebibytes,
    alive: after.alive, suspected: after.suspected - before.suspected,
  };
}

process.stdout.write(`${JSON.stringify(await measure(Number(process.argv[2] ?? "30")))}\n`);
