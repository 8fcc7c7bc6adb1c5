/** The page of a sweep: the front, the maps and the effects of a small grid whose numbers are known. */

import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { presets } from "../../../engine/index.ts";
import { sweepHtml } from "../../../sim/cli/page/sweep/page.ts";
import { tuningHtml } from "../../../sim/cli/page/sweep/tuning.ts";
import { frontOf } from "../../../sim/cli/page/sweep/pareto.ts";
import type { CellsDocument, CellSummary, Estimate, Manifest } from "../../../sim/lab/model.ts";

const estimate = (value: number | null, reach = 0.5): Estimate => ({ value, low: value === null ? null : value - reach, high: value === null ? null : value + reach, n: 9, censored: value === null ? 9 : 0 });

/** Detection grows with the multiplier and the period, bytes fall with the period; one cell never found anything out. */
const cells = [[2, "1s", 4, 100], [2, "2s", 9, 60], [4, "1s", 6, 110], [4, "2s", null, 60]].map(([mult, every, detection, bytes], cell): CellSummary => ({
  cell, settings: { "config.suspicionMult": mult ?? 0, "network.loss": every ?? "" }, scenario: "0123456789abcdef", runs: 3, memberHours: 1, precision: null,
  figures: { "firstDetection.p99": estimate(detection as number | null), "load.bytesPerMemberSecond": estimate(bytes as number, 2) },
}));
const document: CellsDocument = { madeBy: "swimlab", kind: "cells", name: "grid", identity: "feedfeedfeedfeed", paths: ["config.suspicionMult", "network.loss"], confidence: 0.95, cells };
const manifest: Manifest = {
  madeBy: "swimlab", kind: "sweep", version: "0.0.0", name: "grid", about: "Four <cells>.", identity: document.identity, seed: "1", common: true, source: "members: 4\n", scenario: "0123456789abcdef",
  paths: document.paths, where: [], figures: [], cells, repeats: 3, until: null, runs: { asked: 12, finished: 12 }, shard: null,
};

test("a front is whoever nobody beats; twins stand on it together", () => {
  const points = [{ x: 1, y: 9 }, { x: 2, y: 5 }, { x: 2, y: 7 }, { x: 3, y: 5 }, { x: 4, y: 1 }, { x: 4, y: 1 }, { x: 5, y: 2 }];
  expect(frontOf(points)).toEqual([{ x: 1, y: 9 }, { x: 2, y: 5 }, { x: 4, y: 1 }, { x: 4, y: 1 }]);
  expect(frontOf([])).toEqual([]);
});

test("the page of a search shows the front that was found, and the report as it is", () => {
  const choices = cells.slice(0, 3).map(({ settings, figures }, nth) => ({ nth, runs: 9, breach: 0, objective: 1, scores: {}, estimates: figures, settings, config: presets.swimlab, keeps: [] }));
  const tuning = {
    madeBy: "swimlab", kind: "tuning", scenario: "mine", scenarioHash: "0123456789abcdef", seed: "1", preset: "swimlab", objective: "firstDetection.p99", bounds: ["load < 200"], trade: [], knobs: ["suspicionMult", "periodEvery"],
    cost: { evaluations: 9, candidates: 3, total: 27 }, front: choices.slice(0, 2), candidates: choices.map(({ nth, runs, estimates }) => ({ nth, runs: runs - nth, estimates, values: { suspicionMult: 2 + nth, periodEvery: 500_000 * (nth + 1) } })), recommended: choices[0] ?? null, nearest: null, asItIs: choices[2] ?? null, against: [],
  } as unknown as Parameters<typeof tuningHtml>[0];
  const { document: page } = parseHTML(tuningHtml(tuning, "suspicionMult = 2 < 3"));
  expect(page.querySelectorAll("#cells tbody tr").length).toBe(3);
  expect(page.querySelector("#report pre")?.textContent).toBe("suspicionMult = 2 < 3");
  expect(page.querySelector("#pareto svg")).not.toBeNull();
  const drawn = [...page.querySelectorAll("#drawn-firstDetection-p99-periodEvery tbody tr")].map(({ textContent }: { readonly textContent: string }) => textContent);
  expect(drawn).toEqual(["0.54.003.50–4.5090", "19.008.50–9.5081", "1.56.005.50–6.5072"]);
});

describe("a page", () => {
  const html = sweepHtml(manifest, document);
  const { document: page } = parseHTML(html);
  const rowsOf = (id: string, within = page): readonly (readonly string[])[] =>
    [...within.querySelectorAll(`#${id} tbody tr`)].map((row) => [...row.querySelectorAll("th, td")].map(({ textContent }: { readonly textContent: string }) => textContent));

  test("shows on the front what no other beats, with settings and intervals", () => {
    expect(rowsOf("pareto-load-bytesPerMemberSecond")).toEqual([["0", "2", "1s", "4.00 [3.50–4.50]", "100 [98.0–102]"], ["1", "2", "2s", "9.00 [8.50–9.50]", "60.0 [58.0–62.0]"]]);
    expect(page.querySelector("#pareto")?.textContent).toContain("Cells also differ in network.loss, which is given and cannot be chosen");
  });

  test("maps a figure over two settings, a dash where it was never measured", () => {
    expect(rowsOf("heat-firstDetection-p99-config-suspicionMult-network-loss")).toEqual([["1s", "4.00", "6.00"], ["2s", "9.00", "–"]]);
  });

  test("tells what each setting does: the mean of its cells, and an interval made of theirs", () => {
    // Two cells of ±2 each, which meet the same chance and may err together: the mean is known to ±2. With chances of their own, to ±√2.
    expect(rowsOf("effect-load-bytesPerMemberSecond-network-loss")).toEqual([["1s", "105", "103–107", "2"], ["2s", "60.0", "58.0–62.0", "2"]]);
    const { document: apart } = parseHTML(sweepHtml({ ...manifest, common: false }, document));
    expect(rowsOf("effect-load-bytesPerMemberSecond-network-loss", apart)).toEqual([["1s", "105", "104–106", "2"], ["2s", "60.0", "58.6–61.4", "2"]]);
  });

  test("an interval without an end has no line on the front, which would have one", () => {
    const lines = (high: number | null): number => {
      const open = cells.map((cell) => ({ ...cell, figures: { ...cell.figures, "firstDetection.p99": { ...estimate(cell.figures["firstDetection.p99"]?.value ?? null), high } } }));
      return parseHTML(sweepHtml(manifest, { ...document, cells: open })).document.querySelectorAll('#pareto svg g[stroke-opacity="0.5"] path').length;
    };
    // Three cells have both figures: a line across and one up for each.
    expect([lines(20), lines(null)]).toEqual([6, 3]);
  });

  test("has every cell in a table, asks for nothing, and lets nothing break out", () => {
    expect(rowsOf("cells").length).toBe(4);
    expect(html).toContain("Four &lt;cells&gt;.");
    expect(html).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
    expect([...page.querySelectorAll("svg")].every((picture: { readonly getAttribute: (name: string) => string | null }) => picture.getAttribute("aria-label") !== null)).toBe(true);
  });
});
