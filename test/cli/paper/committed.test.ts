/** The result of everything that was published, which is kept beside the code, and the page that shows it. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { experiments } from "../../../sim/cli/paper/experiments/index.ts";
import { filled, renderMarkdown } from "../../../sim/cli/paper/render/markdown.ts";
import { identityOf } from "../../../sim/cli/paper/store/identity.ts";
import { readDocument } from "../../../sim/cli/paper/render-again.ts";

const placeOf = (name: string): string => new URL(`../../../docs/${name}`, import.meta.url).pathname;
const kept = readDocument(placeOf("paper/full.json"));

test("every run of every experiment is in it", () => {
  const wanted = experiments.map(({ name, cells }) => [name, cells("full").reduce((sum, { repetitions }) => sum + repetitions, 0)]);
  expect(kept.extent).toBe("full");
  expect(kept.sections.map(({ name, runs }) => [name, runs])).toEqual(wanted);
});

test("it is of this program: whatever would play otherwise has another identity, and everything is to be played anew", () => {
  expect(identityOf(kept.seed)).toBe(kept.identity);
});

test("docs/paper.md shows its figures, to the letter", () => {
  const page = readFileSync(placeOf("paper.md"), "utf8");
  expect(filled(page, renderMarkdown(kept))).toBe(page);
});
