/** The README as its readers follow it: its sections, and what stands in their blocks of code. */

import { readFileSync } from "node:fs";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** From its heading to the next one of the same rank; empty if there is none. */
export const sectionOf = (title: string): string => readme.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? "";

/** The contents of a text's blocks, in their order, without the fences. */
export const blocksIn = (text: string): readonly string[] => Array.from(text.matchAll(/```(?:\w*)\n([^]*?)```/g), ([, block = ""]) => block);

export const blocksOf = (title: string): readonly string[] => blocksIn(sectionOf(title));

/** What is typed in such a block, without the prompts. */
export const typedIn = (block: string): readonly string[] => Array.from(block.matchAll(/^\$ (.*)$/gm), ([, line = ""]) => line);
