/** Our LZW against Go's: what it packed we pack alike, and unpack; and nothing that comes in throws, or takes more than it may. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readerOf, skip } from "../../../engine/wire/reader.ts";
import { expand, pack, packWithin } from "../../../engine/wire/lzw.ts";
import { captures, hexOf, raw } from "./captures.ts";

const RUNS = { seed: 1984, numRuns: 1_000 };
const MUCH = 1 << 24;

/** `09`, a map of two, `Algo`, 0 and `Buf`, as Go writes them. */
const HEAD = "0982a4416c676f00a3427566";

/** What Go packed, out of a capture of a compressed message. */
function packedIn(hex: string): Uint8Array {
  const start = (hex.indexOf(HEAD) + HEAD.length) / 2;
  const reader = readerOf(raw(hex), start);
  skip(reader);
  const text = raw(hex).subarray(start, reader.at);
  const head = (text[0] ?? 0) < 0xc0 ? 1 : 3;
  return text.subarray(head);
}

function expanded(packed: Uint8Array, limit = MUCH): Uint8Array {
  const { bytes, why } = expand(packed, limit);
  if (why !== null) throw new Error(why);
  return bytes;
}

test("what Go packed is unpacked, and packed again into the same bytes", () => {
  const compressed = captures.filter(({ hex }) => hex.includes(HEAD));
  for (const { hex, types } of compressed) {
    const packed = packedIn(hex);
    expect(hexOf(pack(expanded(packed))), types).toBe(hexOf(packed));
  }
  expect(compressed.length).toBe(49);
});

/** Codes by hand: each as wide as it is said. */
function codes(...written: readonly (readonly [code: number, width: number])[]): Uint8Array {
  const bits = written.map(([code, width]) => code.toString(2).padStart(width, "0")).toReversed().join("");
  const whole = bits.padStart(Math.ceil(bits.length / 8) * 8, "0");
  return Uint8Array.from((whole.match(/.{8}/g) ?? []).toReversed(), (byte) => parseInt(byte, 2));
}

/** The same, all nine bits wide. */
const narrow = (...written: readonly number[]): Uint8Array => codes(...written.map((code) => [code, 9] as const));
const text = (characters: string): Uint8Array => Uint8Array.from(Buffer.from(characters, "latin1"));
const [CLEAR, END] = [256, 257];

describe("code by code", () => {
  test.for([
    ["nothing", "", narrow(CLEAR, END)],
    ["one byte", "a", narrow(CLEAR, 97, END)],
    ["a string that was just learned", "aaa", narrow(CLEAR, 97, 258, END)],
    ["strings of strings", "abababab", narrow(CLEAR, 97, 98, 258, 260, 98, END)],
  ] as const)("%s", ([, plain, packed]) => {
    expect(pack(text(plain))).toEqual(packed);
    expect(expanded(packed)).toEqual(text(plain));
  });

  test("the first code may be missing, the table may be cleared at any time, and what follows the end does not count", () => {
    expect(expanded(narrow(97, 98, 258, END))).toEqual(text("abab"));
    expect(expanded(narrow(CLEAR, 97, CLEAR, CLEAR, 98, 99, 258, END))).toEqual(text("abcbc"));
    expect(expanded(Uint8Array.of(...narrow(CLEAR, 97, END), 1, 2, 3))).toEqual(text("a"));
  });

  /** How wide the code is before which k have been written. */
  const width = (k: number): number => Math.min(12, (257 + k).toString(2).length);

  test.for([
    [254, [[END, 9]]], [255, [[END, 10]]], [767, [[END, 11]]], [1_791, [[END, 12]]], [3_837, [[END, 12]]], [3_838, [[CLEAR, 12], [END, 9]]],
  ] as const)("after %i bytes of which no two stand together twice, the end is as wide as the next code", ([length, end]) => {
    const bytes = Array.from({ length }, (_, k) => (k * (1 + 2 * (k >> 8))) & 255);
    expect(hexOf(pack(Uint8Array.from(bytes)))).toBe(hexOf(codes([CLEAR, 9], ...bytes.map((byte, k) => [byte, width(k)] as const), ...end)));
  });

  test("codes get wider when there are so many, up to twelve bits, and then a reader learns no more", () => {
    // A byte and 3,838 strings of two bytes are all that there can be: code 4095 is the last, and stands for the same after a thousand codes more.
    const literals = Array.from({ length: 5_000 }, (_, k) => [k % 251, width(k)] as const);
    const packed = codes([CLEAR, 9], ...literals, [4095, 12], [END, 12]);
    const last = 4095 - 258;
    expect(expanded(packed)).toEqual(Uint8Array.from([...literals.map(([byte]) => byte), last % 251, (last + 1) % 251]));
  });

  test.for([
    ["no end", narrow(CLEAR, 97), "a"],
    ["no bytes", new Uint8Array(), ""],
    ["half a code", Uint8Array.of(0), ""],
  ] as const)("with %s it is cut short, after what came out until then", ([, packed, made]) => {
    expect(expand(packed, MUCH)).toEqual({ bytes: text(made), why: "compressed, and cut short" });
  });

  test.for([
    ["before any", narrow(CLEAR, 258, END), ""],
    ["two ahead of the last", narrow(CLEAR, 97, 259, END), "a"],
    ["after all were forgotten", narrow(CLEAR, 97, 98, 99, CLEAR, 258, END), "abc"],
  ] as const)("a code that was never given out, %s, is refused", ([, packed, made]) => {
    expect(expand(packed, MUCH)).toEqual({ bytes: text(made), why: "compressed, with a code that was never given out" });
  });
});

describe("round trips", () => {
  const someText = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.constantFrom(0, 1, 255), { maxLength: 3_000 }).map((bytes) => Uint8Array.from(bytes)),
  );

  test("of anything", () => {
    fc.assert(fc.property(someText, (plain) => {
      expect(expanded(pack(plain), plain.length)).toEqual(plain);
    }), RUNS);
  });

  test("into room that is given: as into any if it is enough, and not at all if it is a byte too little", () => {
    fc.assert(fc.property(someText, fc.nat({ max: 40 }), (plain, more) => {
      const packed = pack(plain);
      expect(packWithin(plain, packed.length + more)).toEqual(packed);
      expect(packWithin(plain, packed.length - 1)).toBeNull();
      expect(packWithin(plain, Math.max(0, packed.length - 1 - more))).toBeNull();
    }), RUNS);
  });

  test.for([1, 2, 3, 16, 256])("of long texts in %i letters, up to where the table is full and beyond", (letters) => {
    for (const length of [254, 255, 256, 257, 510, 511, 512, 3_836, 3_837, 3_838, 3_839, 3_840, 4_096, 7_673, 7_674, 7_675, 7_676, 60_000]) {
      let dice = length;
      const plain = Uint8Array.from({ length }, () => ((dice = (Math.imul(dice, 1_103_515_245) + 12_345) >>> 0) >>> 16) % letters);
      expect(hexOf(expanded(pack(plain), length))).toBe(hexOf(plain));
    }
  });
});

describe("whatever comes in", () => {
  test("is unpacked or refused, and never longer than allowed", () => {
    let [unpacked, refused] = [0, 0];
    const packed = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat({ max: 511 }), { maxLength: 200 }).map((each) => narrow(...each, END)));
    fc.assert(fc.property(packed, fc.nat({ max: 400 }), (bytes, limit) => {
      const read = expand(bytes, limit);
      expect(read.bytes.length).toBeLessThanOrEqual(limit);
      if (read.why === null) unpacked++;
      else refused++;
    }), { ...RUNS, numRuns: 5_000 });
    expect(Math.min(unpacked, refused)).toBeGreaterThan(100);
  });

  test("a little that stands for much is refused as soon as it is too much", () => {
    const zeros = new Uint8Array(5_000_000);
    const packed = pack(zeros);
    expect(packed.length).toBeLessThan(8_000);
    expect(expanded(packed, zeros.length).length).toBe(zeros.length);
    const { bytes, why } = expand(packed, zeros.length - 1);
    expect([bytes.length > zeros.length - 4_096, why]).toEqual([true, "compressed, and longer than 4999999 bytes"]);
    expect(expand(packed, 0)).toEqual({ bytes: new Uint8Array(), why: "compressed, and longer than 0 bytes" });
  });
});
