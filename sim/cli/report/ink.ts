/** The colours of the report, by meaning. Without colour every text stays the same, and must make sense. */

import { styleText } from "node:util";

type Dye = (text: string) => string;

export type Ink = {
  readonly title: Dye;
  /** For explanations that readers may skip. */
  readonly faint: Dye;
  readonly mark: Dye;
  readonly bar: Dye;
  readonly pass: Dye;
  readonly fail: Dye;
  readonly unknown: Dye;
};

const plain: Dye = (text) => text;
const monochrome: Ink = { title: plain, faint: plain, mark: plain, bar: plain, pass: plain, fail: plain, unknown: plain };

// The caller has checked the terminal and NO_COLOR: validateStream would check again, on the wrong stream.
const dye = (format: Parameters<typeof styleText>[0]): Dye => (text) => (text === "" ? "" : styleText(format, text, { validateStream: false }));

const coloured: Ink = {
  title: dye("bold"),
  faint: dye("dim"),
  mark: dye(["bold", "yellow"]),
  bar: dye("cyan"),
  pass: dye("green"),
  fail: dye(["bold", "red"]),
  unknown: dye("yellow"),
};

export const inkOf = (color: boolean): Ink => (color ? coloured : monochrome);
