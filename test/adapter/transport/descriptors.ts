/**
 * Counts the descriptors of a process of its own before and after thousands of streams that end in every way there is, and prints both: `node --import tsx
 * test/adapter/transport/descriptors.ts`. Threads of one process share their descriptors, so that a test could not count its own.
 */

import { readdirSync, readFileSync } from "node:fs";
import { tcp, udpTcp } from "../../../adapter/index.ts";
import { ownPlace } from "../own-place.ts";
import { anEnd, bytesOf, endOf, never, textOf, type End } from "./ends.ts";

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

/** Over TCP alone: one comes, says a word, and goes; and one that shows no certificate. */
async function withoutUdp(plain: End, secure: End): Promise<void> {
  const passing = await endOf(tcp({ bind: "127.0.0.1:0" }));
  passing.transport.send(plain.address, bytesOf("a word"));
  passing.transport.send(secure.address, bytesOf("no certificate"));
  await plain.packets.next();
  plain.transport.send(passing.address, bytesOf("another"));
  await passing.packets.next();
  await passing.transport.close();
}

async function everyWay(a: End, b: End, c: End, nobody: End, plain: End, secure: End): Promise<void> {
  await Promise.all([spoken(a, b), refused(a, nobody), aborted(a, c, 0), aborted(a, c, 1), aborted(a, c, 2), inUse(a)]);
  await destroyedByUs(a, b);
  await destroyedByThem(a, b);
  await withoutUdp(plain, secure);
  const shortLived = await anEnd();
  void a.transport.connect(shortLived.address, never()).then((connection) => connection.destroy(), () => undefined);
  shortLived.transport.send(a.address, bytesOf("x"));
  await shortLived.transport.close();
}

const [a, b, c, nobody] = [await anEnd(), await anEnd(), await anEnd(), await anEnd({ bind: ownPlace() })];
await nobody.transport.close();
const pem = (name: string): Buffer => readFileSync(new URL(`certificates/${name}`, import.meta.url));
const [plain, secure] = [await endOf(tcp({ bind: "127.0.0.1:0" })), await endOf(tcp({ bind: "127.0.0.1:0", tls: { key: pem("member.key"), cert: pem("member.pem"), ca: pem("ca.pem") } }))];
await everyWay(a, b, c, nobody, plain, secure);
const settled = async (most: number): Promise<number> => {
  // What was aborted reaches the other side in its own time: those are hung up on as they come.
  for (let turn = 0; turn < 20_000 && descriptors() > most; turn++) {
    while (c.connections.waiting() > 0) (await c.connections.next()).destroy();
    await new Promise(setImmediate);
  }
  return descriptors();
};
const before = await settled(0);
for (let round = 0; round < ROUNDS; round++) await everyWay(a, b, c, nobody, plain, secure);
const after = await settled(before);
await Promise.all([a, b, c, plain, secure].map(({ transport }) => transport.close()));
process.stdout.write(`${JSON.stringify({ streams: ROUNDS * 11, before, after, closed: await settled(before - 8) })}\n`);
