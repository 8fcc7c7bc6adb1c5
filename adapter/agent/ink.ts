/** The colours of the terminal, by meaning. Without colours the texts are unchanged, and must make sense by themselves. */

import { styleText } from "node:util";

export type Dye = (text: string) => string;
export type Mood = "title" | "faint" | "good" | "doubt" | "bad" | "ours" | "news";
export type Ink = Readonly<Record<Mood, Dye>>;

const dye = (format: Parameters<typeof styleText>[0]): Dye => (text) => (text === "" ? "" : styleText(format, text, { validateStream: false }));
const plain: Dye = (text) => text;

const coloured: Ink = { title: dye("bold"), faint: dye("dim"), good: dye("green"), doubt: dye("yellow"), bad: dye(["bold", "red"]), ours: dye(["bold", "cyan"]), news: dye("cyan") };
const monochrome: Ink = { title: plain, faint: plain, good: plain, doubt: plain, bad: plain, ours: plain, news: plain };

export const inkOf = (isColoured: boolean): Ink => (isColoured ? coloured : monochrome);
