/** The length of a record in a push-pull, against bytes that a real memberlist wrote. */

import { expect, test } from "vitest";
import { address, bytes, bytesOf, incarnation, viewOf, type Member } from "../../../engine/index.ts";
import { aMember } from "./builders.ts";

/** The first state of a push-pull as memberlist (Go) wrote it: n1 at 127.0.0.1:7000, meta "meta-n1", incarnation 1, alive. */
const WRITTEN =
  "87a441646472a47f000001ab496e6361726e6174696f6e01a44d657461a76d6574612d6e31a44e616d65a26e31a4506f7274cd1b58a55374617465" +
  "00a356736ea6010502000000";
const n1 = aMember("n1", {
  address: address("127.0.0.1:7000"), meta: bytes("meta-n1"), versions: [1, 5, 2, 0, 0, 0], incarnation: incarnation(1),
});

const lengthOf = (member: Member): number => bytesOf(viewOf([member]));

test("a record is as long as memberlist writes it", () => {
  expect(lengthOf(n1)).toBe(WRITTEN.length / 2);
});

test.for<readonly [string, Partial<Omit<Member, "id">>, number]>([
  ["sixteen bytes of host in place of four", { address: address("[fd00::1]:7000") }, 12],
  ["a port below 256 in one byte and its type, not two", { address: address("127.0.0.1:200") }, -1],
  ["a port below 128 in itself", { address: address("127.0.0.1:80") }, -2],
  ["an incarnation below 128 in itself", { incarnation: incarnation(127) }, 0],
  ["one of 128 in one byte and its type", { incarnation: incarnation(128) }, 1],
  ["one of 65,536 in four", { incarnation: incarnation(65_536) }, 4],
  ["no meta: nothing but its head", { meta: bytes("") }, -7],
  ["31 bytes of meta under a short head", { meta: bytes("x".repeat(31)) }, 24],
  ["32 under a long one", { meta: bytes("x".repeat(32)) }, 27],
  ["512, the most", { meta: bytes("\u00ff".repeat(512)) }, 507],
  ["any status alike", { status: "left" }, 0],
  ["any versions alike", { versions: [1, 5, 2, 2, 5, 5] }, 0],
])("%s", ([, about, longer]) => {
  expect(lengthOf({ ...n1, ...about }) - lengthOf(n1)).toBe(longer);
});

test("a name counts in UTF-8: two bytes for é, four for 𝄞", () => {
  expect(lengthOf(aMember("é𝄞")) - lengthOf(aMember(""))).toBe(6);
});
