/** What is sent is counted by kind; datagrams and streams are told apart. */

import { describe, expect, test } from "vitest";
import { Load } from "../../../sim/measure/load.ts";

describe("load", () => {
  test("counts messages and adds up their bytes, kind by kind", () => {
    const load = new Load();
    load.sent("ping", 30);
    load.sent("ack", 20);
    load.sent("ping", 41);
    expect(load.results()).toEqual({ streams: 0, datagrams: 3, bytes: 91, byKind: { ack: { count: 1, bytes: 20 }, ping: { count: 2, bytes: 71 } } });
  });

  test("lists kinds in alphabetical order, whatever was sent first, and only those that were", () => {
    const load = new Load();
    for (const kind of ["push-pull", "ping-req", "nack", "ack", "ping", "gossip"] as const) load.sent(kind, 1);
    expect(Object.keys(load.results().byKind)).toEqual(["ack", "gossip", "nack", "ping", "ping-req", "push-pull"]);
    expect(new Load().results().byKind).toEqual({});
  });

  test("a push-pull is no datagram, but its bytes are sent", () => {
    const load = new Load();
    load.sent("push-pull", 500);
    load.sent("gossip", 10);
    expect(load.results()).toMatchObject({ datagrams: 1, bytes: 510, byKind: { "push-pull": { count: 1, bytes: 500 } } });
  });

  test("a stream counts when it is opened, though nothing may ever pass over it", () => {
    const load = new Load();
    load.opened();
    load.opened();
    load.sent("push-pull", 500);
    expect(load.results().streams).toBe(2);
  });
});
