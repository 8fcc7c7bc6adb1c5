/** Mail: broadcasts that wait, the urgent first. */

import { describe, expect, test } from "vitest";
import { bytes, type Bytes, type Priority } from "../../../engine/index.ts";
import { broadcastsWaiting, noMail, posted, sizeOfBroadcast, takeMail, type Mail } from "../../../engine/rules/mail.ts";

const [ROOM, LIMIT, OFTEN] = [1400, 4, 254];
const mailOf = (...broadcasts: readonly (readonly [payload: string, priority: Priority, key?: string])[]): Mail =>
  broadcasts.reduce((mail, [payload, priority, key = ""]) => posted(mail, bytes(payload), key, priority, "newest", 3)[0], noMail(bytes("marked")));
const taken = (mail: Mail, room = ROOM, most = OFTEN): readonly Bytes[] => takeMail(mail, "newest", room, LIMIT, most)[0];

describe("a broadcast", () => {
  test("takes its bytes, one for its type, and two for its length in the compound", () => {
    expect([sizeOfBroadcast(bytes("")), sizeOfBroadcast(bytes("hello"))]).toEqual([3, 8]);
  });

  test("waits behind the more urgent, and before the older of its own priority", () => {
    expect(taken(mailOf(["bulk", "bulk"], ["old", "normal"], ["new", "normal"], ["fire", "urgent"]))).toEqual(["fire", "new", "old", "bulk"]);
  });

  test("rides only if there is room left by the more urgent; a shorter one behind it may", () => {
    const mail = mailOf(["fire", "urgent"], ["a long tale", "normal"], ["psst", "bulk"]);
    expect(takeMail(mail, "newest", 7 + 7, LIMIT, OFTEN).slice(0, 2)).toEqual([["fire", "psst"], 14]);
    expect(takeMail(mailOf(["fire", "urgent"], ["tale", "normal"], ["psst", "bulk"]), "newest", 7 + 7, LIMIT, OFTEN).slice(0, 2)).toEqual([["fire", "tale"], 14]);
    expect(taken(mail, 6)).toEqual([]);
    expect(taken(mail, -5)).toEqual([]);
  });

  test("rides only if there are parts to spare", () => {
    expect(taken(mailOf(["a", "bulk"], ["b", "normal"], ["c", "urgent"]), ROOM, 2)).toEqual(["c", "b"]);
    expect(taken(mailOf(["a", "bulk"]), ROOM, 0)).toEqual([]);
  });

  test("is told as often as any news", () => {
    let mail = mailOf(["a", "normal"], ["b", "urgent"]);
    for (let time = 1; time <= LIMIT; time++) {
      const [payloads, size, rest] = takeMail(mail, "newest", ROOM, LIMIT, OFTEN);
      expect([payloads, size], `time ${time}`).toEqual([["b", "a"], 8]);
      mail = rest;
    }
    expect(broadcastsWaiting(mail)).toBe(0);
    expect(takeMail(mail, "newest", ROOM, LIMIT, OFTEN)).toEqual([[], 0, mail]);
  });

  test("takes the place of what was said under its key, at the same priority", () => {
    expect(taken(mailOf(["one", "normal", "k"], ["other", "normal", "l"], ["two", "normal", "k"]))).toEqual(["two", "other"]);
    expect(taken(mailOf(["one", "normal", "k"], ["two", "urgent", "k"]))).toEqual(["two", "one"]);
  });

  test("without a key takes nobody's place", () => {
    expect(taken(mailOf(["one", "normal"], ["two", "normal"]))).toEqual(["two", "one"]);
    expect(broadcastsWaiting(mailOf(["one", "normal"], ["two", "bulk"], ["three", "urgent"]))).toBe(3);
  });
});

describe("no more wait of one priority", () => {
  const numbered = (from: number, to: number): readonly (readonly [string, Priority])[] => Array.from({ length: to - from }, (_, nth) => [`${from + nth}`, "bulk"] as const);
  const post = (mail: Mail, payload: string, group = 3, key = ""): ReturnType<typeof posted> => posted(mail, bytes(payload), key, "bulk", "newest", group);
  const full = mailOf(["fire", "urgent"], ["tale", "normal"], ...numbered(0, 4_095), ["keyed", "bulk", "k"]);

  test("than 4,096: what was told most often goes, and of that what waited longest", () => {
    expect([full.bulk.length, broadcastsWaiting(full)]).toEqual([4_096, 4_098]);
    const [mail, untold] = post(full, "new");
    expect([untold, mail.bulk.length, mail.urgent, mail.normal]).toEqual([["0"], 4_096, full.urgent, full.normal]);
    expect(post(mail, "newer")[1]).toEqual(["1"]);
    const [told, , rest] = takeMail(mail, "newest", 12 + 7 + 7 + 4, LIMIT, OFTEN);
    expect(told.slice(0, 3)).toEqual(["fire", "tale", "new"]);
    const [later, given] = post(rest, "newer");
    expect([given, post(later, "newest")[1]], "what is new was told already, and goes before what still waits for its first time").toEqual([[told.at(-1)], [told.at(-2)]]);
  });

  test("unless the group is so large that two of each member are more", () => {
    expect(post(full, "new", 2_048)[1]).toEqual(["0"]);
    const [larger, none] = post(full, "new", 2_049);
    expect([none, larger.bulk.length]).toEqual([[], 4_097]);
    const [shrunk, untold] = post(larger, "newer", 3);
    expect([shrunk.bulk.length, untold], "it may shrink").toEqual([4_096, ["0", "1"]]);
  });

  test("and what takes another's place makes no other go", () => {
    const [mail, untold] = post(full, "again", 3, "k");
    expect([mail.bulk.length, untold]).toEqual([4_096, []]);
  });
});
