/** The gallery: whatever it offers can be played with what the page lends the worker, and nothing else. */

import { expect, test } from "vitest";
import { shelves, shipped, shippedFiles } from "../../viz/page/gallery.ts";
import { tour } from "../../viz/page/tour-steps.ts";
import { Library } from "../../viz/worker/library.ts";
import { compile } from "../../viz/worker/player.ts";

const library = new Library({ tell: () => {}, pause: () => Promise.resolve(), clock: () => 0 });
library.lend(shippedFiles);

test("every card compiles", () => {
  const cards = [...shelves().flatMap(({ scenarios }) => scenarios).map(({ file, text }) => ({ file, text, seed: null, run: 0, edits: [] })), ...tour.map(({ experiment }) => experiment)];
  expect(cards.length).toBe(shipped.length + tour.length);
  const wrong = cards.flatMap((card) => {
    const compiled = compile(card, library.read);
    return compiled.ok ? [] : compiled.mistakes.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  });
  expect(wrong).toEqual([]);
});

test("a link carries the text of a shipped scenario by its path alone, and nothing but scenarios has a card", () => {
  for (const { file, text } of shipped) expect(shippedFiles[file]).toBe(text);
  expect(shipped.filter(({ file }) => !file.endsWith(".yaml"))).toEqual([]);
});
