/** What a caller that can't be read is told: byte for byte as memberlist says it. */

import { expect, test } from "vitest";
import { memberlistCodec } from "../../../adapter/index.ts";
import { SOMEWHERE } from "../../engine/wire/arbitrary.ts";
import { hexOf } from "../../engine/wire/captures.ts";
import { codecWith } from "./messages.ts";

/** As a real agent with keys answered one without. */
const REAL = "Remote state is encrypted and encryption is not configured";

test("is what a real agent says", () => {
  const said = memberlistCodec({ compress: false }).encodeRefusal?.(REAL) ?? new Uint8Array();
  expect(hexOf(said)).toBe(`0d81a54572726f72da003a${Buffer.from(REAL).toString("hex")}`);
});

test.each([[[], false], [[], true], [[1], false], [[2, 1], true]])("is understood, with keys %s, packed: %s; and one sentence, however much there is to say", (keys, compress) => {
  const codec = codecWith(keys, { compress, label: "blue" });
  for (const why of ["no key opens it", "", "x".repeat(100_000), "\u{1f511}".repeat(500)]) {
    const read = codec.decodeStream(codec.encodeRefusal?.(why) ?? new Uint8Array(), SOMEWHERE, "answerer");
    expect(read).toMatchObject({ kind: "refused", reason: "refused" });
    expect(read.kind === "refused" && read.why.length).toBeLessThan(300);
  }
});
