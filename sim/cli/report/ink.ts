/** The colours of the report, by what they mean. Without colour every text stays as it is, and must make sense. */

import { styleText } from "node:util";

type Dye = (text: string) => string;

export type Ink = {
  readonly title: Dye;
  /** For what explains the rest, and may be passed over. */
  readonly faint: Dye;
  readonly mark: Dye;
  readonly bar: Dye;
  readonly pass: Dye;
  readonly fail: Dye;
  readonly unknown: Dye;
};

const plain: Dye = (text) => text;
const monochrome: Ink = { title: plain, faint: plain, mark: plain, bar: plain, pass: plain, fail: plain, unknown: plain };

// Whoever asks for a report has looked at the terminal and at NO_COLOR: validateStream would look again, at the wrong stream.
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
