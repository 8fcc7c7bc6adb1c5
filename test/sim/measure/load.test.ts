/** What is sent is counted by kind; datagrams and streams are told apart. */

import { describe, expect, test } from "vitest";
import { Load } from "../../../sim/measure/load.ts";

describe("load", () => {
  test("counts messages and adds up their bytes, kind by kind", () => {
    const load = new Load();
    load.datagram("ping", 30);
    load.datagram("ack", 20);
    load.datagram("ping", 41);
    expect(load.results()).toEqual({ streams: 0, datagrams: 3, bytes: 91, byKind: { ack: { count: 1, bytes: 20 }, ping: { count: 2, bytes: 71 } } });
  });

  test("lists kinds in alphabetical order, whatever was sent first, and only those that were", () => {
    const load = new Load();
    for (const kind of ["ping-req", "nack", "ack", "ping", "gossip"] as const) load.datagram(kind, 1);
    for (const kind of ["user", "push-pull", "ack", "ping", "patch", "compare"] as const) load.stream(kind, 1);
    expect(Object.keys(load.results().byKind)).toEqual([
      "ack", "compare", "gossip", "nack", "patch", "ping", "ping-req", "push-pull", "stream ack", "stream ping", "user",
    ]);
    expect(new Load().results().byKind).toEqual({});
  });

  test("what passes over a stream is no datagram, but its bytes are sent", () => {
    const load = new Load();
    load.stream("push-pull", 500);
    load.datagram("gossip", 10);
    expect(load.results()).toMatchObject({ datagrams: 1, bytes: 510, byKind: { "push-pull": { count: 1, bytes: 500 } } });
  });

  test("a ping over a stream is another than one in a datagram", () => {
    const load = new Load();
    load.datagram("ping", 30);
    load.stream("ping", 31);
    load.stream("ack", 15);
    expect(load.results()).toMatchObject({ datagrams: 1, byKind: { ping: { count: 1, bytes: 30 }, "stream ping": { count: 1, bytes: 31 }, "stream ack": { count: 1, bytes: 15 } } });
  });

  test("a stream counts when it is opened, though nothing may ever pass over it", () => {
    const load = new Load();
    load.opened();
    load.opened();
    load.stream("push-pull", 500);
    expect(load.results().streams).toBe(2);
  });
});
