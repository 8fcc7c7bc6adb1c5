/** Faults between a member and its sockets: each does what it says, in its direction, from one packet to the next. */

import { afterEach, describe, expect, test } from "vitest";
import { faultsFrom, faulty, udpTcp, type Fault, type Faults } from "../../../adapter/index.ts";
import { anEnd, bytesOf, endOf, never, textOf, type End } from "./ends.ts";

const ends: End[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map(({ transport }) => transport.close()));
});

/** One with faults, one without. */
async function aPair(...atFirst: readonly Fault[]): Promise<{ readonly a: End; readonly b: End; readonly faults: Faults }> {
  const faults = faultsFrom(1, atFirst);
  const a = await endOf(faulty(udpTcp({ bind: "127.0.0.1:0" }), faults));
  const b = await anEnd();
  ends.push(a, b);
  return { a, b, faults };
}

/** Sends so many, then one that nothing hinders: what came before that came at all. */
async function arrivals({ a, b, faults }: Awaited<ReturnType<typeof aPair>>, count: number): Promise<readonly string[]> {
  for (let i = 0; i < count; i++) a.transport.send(b.address, bytesOf(`${i}`));
  faults.set([]);
  a.transport.send(b.address, bytesOf("last"));
  const come: string[] = [];
  for (let text = ""; text !== "last";) come.push((text = (await b.packets.next()).text));
  return come.slice(0, -1);
}

describe("datagrams", () => {
  test("are lost, as often as it says, and the same ones each time", async () => {
    const first = await arrivals(await aPair({ loss: 0.25 }), 400);
    expect(first.length).toBeGreaterThan(260);
    expect(first.length).toBeLessThan(340);
    expect(await arrivals(await aPair({ loss: 0.25 }), 400)).toEqual(first);
  });

  test("losses of two faults add up as chances do", async () => {
    const come = await arrivals(await aPair({ loss: 0.5 }, { loss: 0.5 }), 400);
    expect(come.length).toBeGreaterThan(60);
    expect(come.length).toBeLessThan(140);
  });

  test("come twice", async () => {
    expect(await arrivals(await aPair({ duplicate: 1 }), 3)).toEqual(["0", "0", "1", "1", "2", "2"]);
  });

  test("come late, and may overtake one another", async () => {
    const { a, b, faults } = await aPair({ delay: 30 });
    const sent = performance.now();
    a.transport.send(b.address, bytesOf("slow"));
    faults.set([]);
    a.transport.send(b.address, bytesOf("fast"));
    expect((await b.packets.next()).text).toBe("fast");
    expect((await b.packets.next()).text).toBe("slow");
    // A timer of Node's may ring a millisecond early.
    expect(performance.now() - sent).toBeGreaterThanOrEqual(29);
  });

  test("are blocked one way, towards some, by address or host; without a word", async () => {
    const { a, b, faults } = await aPair();
    faults.set([{ way: "out", peers: [b.address], isBlocked: true }]);
    a.transport.send(b.address, bytesOf("lost"));
    b.transport.send(a.address, bytesOf("the other way"));
    expect((await a.packets.next()).text).toBe("the other way");
    faults.set([{ way: "in", peers: ["127.0.0.1"], isBlocked: true }, { peers: ["10.0.0.1:1"], isBlocked: true }]);
    b.transport.send(a.address, bytesOf("lost"));
    a.transport.send(b.address, bytesOf("through"));
    expect((await b.packets.next()).text).toBe("through");
    faults.set([{ carriedBy: "streams", isBlocked: true }]);
    b.transport.send(a.address, bytesOf("no stream"));
    expect((await a.packets.next()).text).toBe("no stream");
    expect(a.transport.counts?.()).toEqual({ "fault-blocked": 2 });
    expect(a.undeliverable.waiting()).toBe(0);
  });

  test("that are late when the transport closes are gone", async () => {
    const { a, b } = await aPair({ delay: () => 1 });
    a.transport.send(b.address, bytesOf("x"));
    await a.transport.close();
    b.transport.send(b.address, bytesOf("y"));
    expect((await b.packets.next()).text).toBe("y");
  });
});

describe("streams", () => {
  test("pass unhindered where no fault is", async () => {
    const { a, b } = await aPair({ peers: ["10.0.0.1"], isBlocked: true });
    const ours = await a.transport.connect(b.address, never());
    await ours.write(bytesOf("question"));
    ours.end();
    const theirs = await b.connections.next();
    expect(await textOf(theirs)).toBe("question");
    await theirs.write(bytesOf("answer"));
    theirs.end();
    expect(await textOf(ours)).toBe("answer");
  });

  test("a blocked way: connecting waits until it is free, or the caller gives up", async () => {
    const { a, b, faults } = await aPair({ way: "in", isBlocked: true });
    const abort = new AbortController();
    const givenUp = a.transport.connect(b.address, abort.signal);
    abort.abort();
    await expect(givenUp).rejects.toThrow();
    const patient = a.transport.connect(b.address, never());
    // Their side is open already: only the greeting back is held up.
    await b.connections.next();
    faults.set([]);
    expect((await patient).peer).toBe(b.address);
  });

  test("one that is blocked on the way stands still both ways, and goes on afterwards", async () => {
    const { a, b, faults } = await aPair();
    const ours = await a.transport.connect(b.address, never());
    const theirs = await b.connections.next();
    faults.set([{ isBlocked: true }]);
    const writing = ours.write(bytesOf("question"));
    ours.end();
    const reading = textOf(ours);
    await theirs.write(bytesOf("answer"));
    theirs.end();
    expect(await Promise.race([writing, reading, turn()])).toBe("nothing yet");
    faults.set([]);
    await writing;
    expect(await textOf(theirs)).toBe("question");
    expect(await reading).toBe("answer");
  });

  test("one that is destroyed, or whose transport closes, while it stands still ends with an error", async () => {
    const { a, b, faults } = await aPair();
    const [one, other] = [await a.transport.connect(b.address, never()), await a.transport.connect(b.address, never())];
    faults.set([{ isBlocked: true }]);
    const writing = one.write(bytesOf("x"));
    one.destroy();
    await expect(writing).rejects.toThrow();
    const waiting = other.write(bytesOf("x"));
    const closed = a.transport.close();
    await expect(waiting).rejects.toThrow();
    await closed;
  });

  test("one that a peer opened is held up while blocked", async () => {
    const { a, b, faults } = await aPair({ way: "in", isBlocked: true });
    const theirs = await b.transport.connect(a.address, never());
    await theirs.write(bytesOf("question"));
    theirs.end();
    const reading = textOf(await a.connections.next());
    expect(await Promise.race([reading, turn()])).toBe("nothing yet");
    faults.set([]);
    expect(await reading).toBe("question");
  });

  test("one that is slow is slow once for each leg: what follows is on its heels", async () => {
    let legs = 0;
    const { a, b } = await aPair({ delay: (draw) => { legs++; return 10 + draw; } });
    const began = performance.now();
    const ours = await a.transport.connect(b.address, never());
    for (const text of ["x", "y", "z"]) await ours.write(bytesOf(text));
    ours.end();
    // The greeting, the greeting back, what was said. A timer of Node's may ring a millisecond early.
    expect(legs).toBe(3);
    expect(performance.now() - began).toBeGreaterThanOrEqual(27);
    const theirs = await b.connections.next();
    expect(await textOf(theirs)).toBe("xyz");
    theirs.end();
    expect(await textOf(ours)).toBe("");
    // And the answer, though it says nothing.
    expect(legs).toBe(4);
  });

  test("what is lost of one is sent again, later each time, until the caller gives up", async () => {
    const { a, b, faults } = await aPair({ loss: 0.5, carriedBy: "streams" });
    const began = performance.now();
    // With this seed's draws one leg of the six is lost at least, and comes 200 ms later.
    for (let i = 0; i < 3; i++) await a.transport.connect(b.address, never());
    expect(performance.now() - began).toBeGreaterThanOrEqual(199);
    faults.set([{ loss: 1 }]);
    const abort = new AbortController();
    const hopeless = a.transport.connect(b.address, abort.signal);
    abort.abort();
    await expect(hopeless).rejects.toThrow();
  });
});

/** A turn through the machine's event loop and back, by a stream of its own. */
async function turn(): Promise<string> {
  const [one, other] = [await anEnd(), await anEnd()];
  await one.transport.connect(other.address, never());
  await other.connections.next();
  await Promise.all([one.transport.close(), other.transport.close()]);
  return "nothing yet";
}
