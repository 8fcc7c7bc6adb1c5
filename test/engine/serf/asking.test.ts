/** What our own application asks of all members, and whose answers are heard. */

import { describe, expect, test } from "vitest";
import { address, bytes, incarnation, memberId, seconds, type Bytes } from "../../../engine/index.ts";
import { decodeSerf, encodeSerf, queryOf, startSerf, type AskedQuery, type Query, type QueryFilter, type SerfInput, type SerfState } from "../../../engine/serf/index.ts";
import { answerOf, ackOf } from "../../../engine/serf/answer.ts";
import { aRecord, ms } from "../../builders.ts";
import { aSerf, came, hears, outputsAfter, stateAfter } from "./builders.ts";

const load: AskedQuery = { name: "load", payload: bytes("now"), filters: [], answerWithin: seconds(3) };
const asks = (query: Query, now = 0): SerfInput => ({ kind: "asked-to-ask", now: ms(now), query });
const payloadOf = (output: ReturnType<typeof answerOf>): Bytes => (output.kind === "send" ? output.payload : bytes(""));
const answer = (query: Query, from: string, said: string): Bytes => payloadOf(answerOf(query, memberId(from), bytes(said)));
const ack = (query: Query, from: string): Bytes => payloadOf(ackOf(query, memberId(from)));

const pool = stateAfter(aSerf("a"), came("b"), came("c"));
const query = queryOf(pool, load);
const asked = stateAfter(pool, asks(query));

describe("a query of our own", () => {
  test("is told to all and heard by ourselves, who acknowledge it; the next one is later", () => {
    const [ours, ...rest] = outputsAfter(pool, asks(query));
    expect(ours).toMatch(/^send .*05/);
    expect(rest).toEqual(["asked load@1", "say loadnow@1, normal"]);
    expect(queryOf(asked, load)).toMatchObject({ ltime: 2, name: "load" });
  });

  test("is read as it was meant, whatever its filters", () => {
    const all: readonly (readonly QueryFilter[])[] = [
      [], [{ kind: "names", names: [] }], [{ kind: "names", names: ["a", "größe"].map(memberId) }, { kind: "tag", tag: "role", expression: "^w.b$" }],
      [{ kind: "names", names: Array.from({ length: 40 }, (_, index) => memberId(`member-${index}`)) }],
    ];
    for (const filters of all) {
      for (const where of ["10.0.0.1:80", "[fe80::1]:65535"]) {
        const said = { ...queryOf(pool, { ...load, filters }), sourceAddress: address(where), tellOn: false };
        expect(decodeSerf(encodeSerf(said))).toEqual({ ok: true, message: said });
      }
    }
  });

  test("has another id than one that another member asks at the same moment, and than one of a former life", () => {
    const of = (name: string, life: number): number => queryOf(startSerf({ self: { ...aRecord(name), incarnation: incarnation(life) }, now: ms(0) }), load).id;
    expect(new Set([of("a", 1), of("a", 2), of("b", 1), of("b", 2), queryOf(asked, load).id]).size).toBe(5);
  });
});

describe("an answer", () => {
  const heard = (state: SerfState, ...payloads: readonly Bytes[]): readonly string[] => {
    let [current, outputs]: [SerfState, string[]] = [state, []];
    for (const payload of payloads) {
      outputs.push(...outputsAfter(current, hears(payload, 1)));
      current = stateAfter(current, hears(payload, 1));
    }
    return outputs;
  };

  test("is heard once of each member, and so is its ack, in whatever order", () => {
    expect(heard(asked, answer(query, "b", "0.7"), ack(query, "b"), answer(query, "c", ""), answer(query, "b", "0.9"), ack(query, "b")))
      .toEqual(["b answers 0.7", "b has heard", "c answers "]);
  });

  test.each<readonly [why: string, state: SerfState, payload: Bytes, now: number]>([
    ["of somebody whom we do not know", asked, answer(query, "x", "0.7"), 1],
    ["to what we did not ask", pool, answer(query, "b", "0.7"), 1],
    ["under another id", asked, answer({ ...query, id: query.id ^ 1 }, "b", "0.7"), 1],
    ["to what another asked at that moment", asked, answer(queryOf(aSerf("b"), load), "b", "0.7"), 1],
    ["after the time is over", asked, answer(query, "b", "0.7"), 3_001],
  ])("%s is not, and is counted", (_why, state, payload, now) => {
    expect(outputsAfter(state, hears(payload, now))).toEqual([]);
    expect(stateAfter(state, hears(payload, now)).oddities.unreadable).toBe(1);
  });

  test("in the last moment still is; when it is over, nothing is kept of the question", () => {
    expect(outputsAfter(asked, hears(answer(query, "b", "0.7"), 3_000))).toEqual(["b answers 0.7"]);
    expect(stateAfter(asked, hears(answer(query, "b", "0.7"), 3_001)).questions).toBeNull();
  });
});
