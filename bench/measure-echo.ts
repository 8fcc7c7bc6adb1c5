/**
 * How many of 50,000 pings a second a member answers on the loopback, and how many a bare echo, in turn and each in a process of its own:
 * `node --import tsx bench/measure-echo.ts 5` does so five times, and prints one line of JSON.
 */

import { spawn } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { address, encode, memberId, noGossip, noUserMessages, parseAddress, seqNo } from "../engine/index.ts";

/** Pings a second. */
const RATE = 50_000;
/** So many answers do not count, because the compiler has not seen everything; after them, or after so many milliseconds, those of the next ones do. */
const WARM_UP = 40_000;
const LONGEST_WARM_UP = 15_000;
const COUNTED = 2000;

/** Pings in one turn of the event loop. */
const BURST = 24;

export type EchoMeasurement = {
  /** Answers a second, round by round. */
  readonly member: readonly number[];
  readonly echo: readonly number[];
};

async function measure(rounds: number): Promise<EchoMeasurement> {
  const [member, echo]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    echo.push(await answersOf("echo"));
    member.push(await answersOf("member"));
  }
  return { member, echo };
}

/** Answers a second to `RATE` pings a second. */
async function answersOf(who: "member" | "echo"): Promise<number> {
  const answerer = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("answerer.ts", import.meta.url)), who], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(answerer.stdout, "data")) as [Buffer];
  const target = parseAddress(line.toString().trim());
  const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
  const bound = once(socket, "listening");
  socket.bind(0, "127.0.0.1");
  await bound;
  socket.setRecvBufferSize(2 ** 22);
  const answers = await pinged(socket, target?.port ?? 0);
  socket.close();
  const gone = once(answerer, "exit");
  answerer.kill("SIGKILL");
  await gone;
  return answers;
}

/** Sends what is due by the clock, turn after turn of the event loop, and counts what comes back in the time that counts. */
function pinged(socket: Socket, port: number): Promise<number> {
  const ping = encode({
    kind: "ping", seq: seqNo(1), target: memberId("answerer"), source: memberId("asker"), sourceAddress: address(`127.0.0.1:${socket.address().port}`),
    gossip: noGossip, userMessages: noUserMessages,
  });
  const began = performance.now();
  let sent = 0;
  let answers = 0;
  /** When they began to count, and how many there were before. */
  let counting: { readonly since: number; readonly before: number } | undefined;
  socket.on("message", () => { answers++; });
  return new Promise((resolve) => {
    function turn(): void {
      const passed = performance.now() - began;
      if (counting === undefined && (answers >= WARM_UP || passed >= LONGEST_WARM_UP)) counting = { since: passed, before: answers };
      const counted = passed - (counting?.since ?? passed);
      if (counting !== undefined && counted >= COUNTED) return resolve(((answers - counting.before) * 1000) / counted);
      const due = Math.floor((passed * RATE) / 1000);
      // In one turn no more than it takes in: Node.js reads 32 datagrams a turn, and what is read too late is lost. Whoever was held up does not make up for it.
      const now = Math.min(due - sent, BURST);
      for (let i = 0; i < now; i++) socket.send(ping, port, "127.0.0.1");
      sent = Math.max(sent + now, due - 10 * BURST);
      setImmediate(turn);
    }
    turn();
  });
}

process.stdout.write(`${JSON.stringify(await measure(Number(process.argv[2] ?? "5")))}\n`);
