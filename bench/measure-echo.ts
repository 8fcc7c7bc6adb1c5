/**
 * How many of 50,000 pings a second a member answers on loopback, how many with a flight recorder, and how many a bare echo, in turn and each in a process of its own:
 * `node --import tsx bench/measure-echo.ts 5` does so five times, and prints one line of JSON.
 */

import { spawn } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as passed } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { address, encode, memberId, noGossip, noUserMessages, parseAddress, seqNo } from "../engine/index.ts";

/** Pings a second. */
const RATE = 50_000;
/** Answers that do not count, because the code is not compiled yet; after them, or after this many milliseconds, the following ones count. */
const WARM_UP = 40_000;
const LONGEST_WARM_UP = 15_000;
const COUNTED = 2000;

/** Pings in one turn of the event loop. */
const BURST = 24;

export type Answering = {
  readonly answersPerSecond: number;
  /** How many pings were sent per second: fewer than `RATE` if the sender is held up, or the machine has no time for both. */
  readonly pingsPerSecond: number;
  /** Processor time of an answer in microseconds: allows a comparison even on a busy machine. */
  readonly each: number;
};

/** Round by round. */
export type EchoMeasurement = { readonly [who in Who]: readonly Answering[] };

export type Who = "echo" | "member" | "recorded";

async function measure(rounds: number): Promise<EchoMeasurement> {
  const [member, recorded, echo]: [Answering[], Answering[], Answering[]] = [[], [], []];
  const folder = mkdtempSync(join(tmpdir(), "swimlab-echo-"));
  for (let round = 0; round < rounds; round++) {
    echo.push(await answersOf("echo"));
    member.push(await answersOf("member"));
    recorded.push(await answersOf("recorded", join(folder, `${round}.flight`)));
  }
  rmSync(folder, { recursive: true });
  return { member, recorded, echo };
}

/** The answers to `RATE` pings a second. */
async function answersOf(who: Who, ...file: readonly string[]): Promise<Answering> {
  const answerer = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("answerer.ts", import.meta.url)), who, ...file], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const [line] = (await once(answerer.stdout as Readable, "data")) as [Buffer];
  const target = parseAddress(line.toString().trim());
  const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
  const bound = once(socket, "listening");
  socket.bind(0, "127.0.0.1");
  await bound;
  socket.setRecvBufferSize(2 ** 22);
  const used = async (): Promise<number> => {
    answerer.send("used?");
    return ((await once(answerer, "message")) as [number])[0];
  };
  const answering = await pinged(socket, target?.port ?? 0, used);
  socket.close();
  const gone = once(answerer, "exit");
  answerer.kill("SIGKILL");
  await gone;
  return answering;
}

/** Sends the pings that are due, turn by turn of the event loop, and counts the answers in the measured time. */
async function pinged(socket: Socket, port: number, used: () => Promise<number>): Promise<Answering> {
  const ping = encode({
    kind: "ping", seq: seqNo(1), target: memberId("answerer"), source: memberId("asker"), sourceAddress: address(`127.0.0.1:${socket.address().port}`),
    gossip: noGossip, userMessages: noUserMessages,
  });
  const began = performance.now();
  const count = { answers: 0, pings: 0 };
  let sent = 0;
  let isOver = false;
  socket.on("message", () => { count.answers++; });
  function turn(): void {
    if (isOver) return;
    const due = Math.floor(((performance.now() - began) * RATE) / 1000);
    // At most a burst per turn: Node.js reads 32 datagrams a turn, and the kernel drops what is read too late. A delayed sender does not catch up.
    const now = Math.min(due - sent, BURST);
    for (let i = 0; i < now; i++) socket.send(ping, port, "127.0.0.1");
    count.pings += now;
    sent = Math.max(sent + now, due - 10 * BURST);
    setImmediate(turn);
  }
  const reading = async () => ({ used: await used(), ...count, at: performance.now() });
  turn();
  while (count.answers < WARM_UP && performance.now() - began < LONGEST_WARM_UP) await passed(10);
  const before = await reading();
  await passed(COUNTED);
  const after = await reading();
  isOver = true;
  const counted = after.answers - before.answers;
  const perSecond = (number: number): number => (number * 1000) / (after.at - before.at);
  return { answersPerSecond: perSecond(counted), pingsPerSecond: perSecond(after.pings - before.pings), each: (after.used - before.used) / counted };
}

process.stdout.write(`${JSON.stringify(await measure(Number(process.argv[2] ?? "5")))}\n`);
