/**
 * Counts the descriptors of a process of its own before and after thousands of streams that end in every way there is, and prints both: `node --import tsx
 * test/adapter/transport/descriptors.ts`. Threads of one process share their descriptors, so that a test could not count its own.
 */

import { readdirSync } from "node:fs";
import { udpTcp } from "../../../adapter/index.ts";
import { ownPlace } from "../own-place.ts";
import { anEnd, bytesOf, never, textOf, type End } from "./ends.ts";

const descriptors = (): number => readdirSync("/proc/self/fd").length;
const ROUNDS = 250;

async function spoken(a: End, b: End): Promise<void> {
  const ours = await a.transport.connect(b.address, never());
  await ours.write(bytesOf("question"));
  ours.end();
  const theirs = await b.connections.next();
  await textOf(theirs);
  theirs.end();
  await textOf(ours);
}

async function destroyedByUs(a: End, b: End): Promise<void> {
  const ours = await a.transport.connect(b.address, never());
  void ours.write(new Uint8Array(1_000_000)).catch(() => undefined);
  ours.destroy();
  const theirs = await b.connections.next();
  await textOf(theirs).catch(() => undefined);
  theirs.destroy();
}

async function destroyedByThem(a: End, b: End): Promise<void> {
  const ours = await a.transport.connect(b.address, never());
  (await b.connections.next()).destroy();
  await textOf(ours).catch(() => undefined);
  ours.destroy();
}

/** Whoever is turned away at once may not even get through, or may: then it is for nothing. */
async function aborted(a: End, b: End, turns: number): Promise<void> {
  const abort = new AbortController();
  const connecting = a.transport.connect(b.address, abort.signal);
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  abort.abort();
  await connecting.then((connection) => connection.destroy(), () => undefined);
}

async function refused(a: End, nobody: End): Promise<void> {
  await a.transport.connect(nobody.address, never()).catch(() => undefined);
}

async function inUse(a: End): Promise<void> {
  await udpTcp({ bind: a.address }).open({ packet: () => undefined, connection: () => undefined, undeliverable: () => undefined }).catch(() => undefined);
}

async function everyWay(a: End, b: End, c: End, nobody: End): Promise<void> {
  await Promise.all([spoken(a, b), refused(a, nobody), aborted(a, c, 0), aborted(a, c, 1), aborted(a, c, 2), inUse(a)]);
  await destroyedByUs(a, b);
  await destroyedByThem(a, b);
  const shortLived = await anEnd();
  void a.transport.connect(shortLived.address, never()).then((connection) => connection.destroy(), () => undefined);
  shortLived.transport.send(a.address, bytesOf("x"));
  await shortLived.transport.close();
}

const [a, b, c, nobody] = [await anEnd(), await anEnd(), await anEnd(), await anEnd({ bind: ownPlace() })];
await nobody.transport.close();
await everyWay(a, b, c, nobody);
const settled = async (most: number): Promise<number> => {
  // What was aborted reaches the other side in its own time: those are hung up on as they come.
  for (let turn = 0; turn < 20_000 && descriptors() > most; turn++) {
    while (c.connections.waiting() > 0) (await c.connections.next()).destroy();
    await new Promise(setImmediate);
  }
  return descriptors();
};
const before = await settled(0);
for (let round = 0; round < ROUNDS; round++) await everyWay(a, b, c, nobody);
const after = await settled(before);
await Promise.all([a, b, c].map(({ transport }) => transport.close()));
process.stdout.write(`${JSON.stringify({ streams: ROUNDS * 8, before, after, closed: await settled(before - 6) })}\n`);
