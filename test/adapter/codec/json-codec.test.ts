/** A codec that is not ours fulfils the interface: it says the same, in its own way, and survives whatever comes in. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { membersOf, sizeOfMessage, type Answer, type Request } from "../../../engine/index.ts";
import { aDatagram, aStreamMessage, SOMEWHERE } from "../../engine/wire/arbitrary.ts";
import { captures, raw } from "../../engine/wire/captures.ts";
import { jsonCodec, jsonOf } from "./json-codec.ts";
import { fiveClaims, ping } from "./messages.ts";
import { chanceOf, noise } from "./mutations.ts";

const BUDGET = 6_000;
const codec = jsonCodec(BUDGET);
const taken = (message: Request | Answer): unknown => ("view" in message ? [{ ...message, view: null }, membersOf(message.view)] : message);

describe("JSON instead of memberlist's wire", () => {
  test("says in datagrams what was meant", () => {
    fc.assert(fc.property(aDatagram, (message) => {
      expect(codec.decode(codec.encode(message, null), SOMEWHERE)).toEqual({ ok: true, message, unread: [] });
    }), { seed: 8259, numRuns: 300 });
    expect(jsonOf(codec.encode(ping(4), null))).toMatchObject({ kind: "ping", seq: 4, target: "member-2" });
  });

  test("leaves room: what the engine packs into its lowered budget fits into the network's", () => {
    const message = ping(70_000, fiveClaims);
    expect(sizeOfMessage(message)).toBeLessThanOrEqual(BUDGET - codec.overhead);
    expect(codec.encode(message, null).length).toBeLessThanOrEqual(BUDGET);
  });

  test("says on streams what was meant, in whatever pieces it comes in", () => {
    fc.assert(fc.property(aStreamMessage, (message) => {
      const bytes = codec.encodeStream(message, "caller");
      const middle = bytes.length >> 1;
      const first = codec.decodeStream(bytes.subarray(0, middle), SOMEWHERE, "caller");
      if (first.kind !== "more") throw new Error(first.kind);
      expect(first.atLeast).toBeGreaterThan(middle);
      const read = codec.decodeStream(bytes, SOMEWHERE, "caller", first.seen);
      expect(read.kind === "message" && taken(read.message)).toEqual(taken(message));
    }), { seed: 8259, numRuns: 100 });
  });

  test("survives noise, and memberlist's wire", () => {
    const chance = chanceOf(3);
    const packets = [...captures.map(({ hex }) => raw(hex)), ...Array.from({ length: 2_000 }, () => noise(chance, 60))];
    const texts = ["null", "1", "[]", "{}", '{"kind":"ping"}', '{"kind":"gossip","gossip":[1],"userMessages":[]}', '{"kind":"push-pull","view":[{}]}', '{"kind":"push-pull","view":7}', '{"kind":"toString"}'];
    for (const packet of [...packets, ...texts.map((text) => Buffer.from(`${text}\n`))]) {
      expect(codec.decode(packet, SOMEWHERE)).toMatchObject({ ok: false });
      expect(codec.decodeStream(packet, SOMEWHERE, "caller").kind).not.toBe("message");
    }
  });
});
