/** Results rendered: pure functions of a document, in a terminal, on a page, and beside the code. */

import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { documentSchema, documentText, type Document } from "../../../sim/cli/paper/model/document.ts";
import { exactly, inRange, shown, within } from "../../../sim/cli/paper/model/comparison.ts";
import { renderPage } from "../../../sim/cli/paper/render/html/page.ts";
import { filled, renderMarkdown } from "../../../sim/cli/paper/render/markdown.ts";
import { renderText } from "../../../sim/cli/paper/render/text.ts";

/** A document with one of everything. */
const document: Document = {
  madeBy: "swimlab", version: "1.0.0", command: "npm run paper --", extent: "subset", seed: "1", identity: "0123456789abcdef", outcome: "fedcba9876543210", node: "20.20.0",
  cost: { wallSeconds: 12.3456789, cpuSeconds: 20 },
  sections: [{
    name: "swim-load", title: "Load", source: "SWIM, Figure 2", about: ["Less is <more> & more."], runs: 1_234,
    tables: [{
      title: "Messages", lines: "group", notes: ["A note."],
      columns: [{ name: "sent", tolerance: "± 0.1" }, { name: "received", tolerance: "" }],
      body: [
        { name: "5 members", cells: [{ ...within(2.0049999, 2.08, 0.1), error: 0.02 }, shown(2, 2.08)] },
        { name: "13 members", cells: [within(3, 2.12, 0.1), null] },
        { name: "all", cells: [exactly(9, 9), inRange(null, null, [0, null])] },
      ],
    }],
    charts: [
      {
        kind: "plot", title: "Sent", x: { name: "members", scale: "linear" }, y: { name: "messages", scale: "log" },
        series: [
          { name: "expected", whose: "theory", mark: "line", points: [[0, 2], [60, 2]] },
          { name: "theirs", whose: "theirs", mark: "steps", points: [[5, 2.08], [13, 2.12]] },
          { name: "ours", whose: "ours", mark: "dots", points: [[5, 2], [13, 0]] },
        ],
      },
      { kind: "bars", title: "Sent", y: { name: "messages", scale: "linear" }, groups: [{ name: "5", ours: 2, theirs: 2.08 }, { name: "13", ours: null, theirs: 2.12 }] },
    ],
  }],
};

test("in a terminal: ours beside theirs, each miss by itself at the end, and a verdict", () => {
  expect(renderText(document, { color: false, width: 100 })).toMatchInlineSnapshot(`
    "LOAD  swim-load  2 of 4 ✗
    SWIM, Figure 2 · 1,234 runs

      Messages  ours / theirs
                  sent           received
      group       ± 0.1
      5 members   2.00 / 2.08 ✓  2 / 2.08
      13 members     3 / 2.12 ✗
      all            9 /    9 ✓  –        ✗

    ✗ swim-load · Messages · 13 members · sent: 3, accepted 2.02 to 2.22 (new)
    ✗ swim-load · Messages · all · received: –, accepted at least 0 (new)

    2 of 4 figures agree with the publications within their tolerances; 1 more is shown and not judged. A subset of what was published.
    2 misses are new.
    paper seed=1 identity=0123456789abcdef outcome=fedcba9876543210 verdict=miss
    "
  `);
});

test("on a narrow one, columns that do not fit come below, with the names again", () => {
  const lines = renderText(document, { color: false, width: 30 }).split("\n");
  expect(lines.filter((line) => line.startsWith("  13 members"))).toHaveLength(2);
});

test("colours change nothing that is said", () => {
  const plain = stripVTControlCharacters(renderText(document, { color: true, width: 100 }));
  expect(plain).toBe(renderText(document, { color: false, width: 100 }));
});

test("the page needs nothing from anywhere else, and says what the document says", () => {
  const page = renderPage(document);
  expect(page).not.toMatch(/<script|https?:|<link|url\(|@import/);
  expect(page).toContain("Less is &lt;more&gt; &amp; more.");
  expect(page).toContain("2 of 4");
  expect(page.match(/<figure>/g)).toHaveLength(2);
  expect(page.match(/class="mark miss"/g)).toHaveLength(2);
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
  expect(renderPage(document)).toBe(page);
});

test("every element that is opened is closed", () => {
  const open: string[] = [];
  for (const [, slash = "", name = "", attributes = ""] of renderPage(document).matchAll(/<(\/?)([a-z0-9]+)((?:\s[^<>]*)?)>/g)) {
    if (slash === "/") expect(open.pop()).toBe(name);
    else if (!attributes.endsWith("/") && name !== "meta") open.push(name);
  }
  expect(open).toEqual([]);
});

test("stored and read again, a document renders the same", () => {
  const stored = documentSchema.parse(JSON.parse(documentText(document)));
  expect(renderText(stored, { color: false, width: 100 })).toBe(renderText(document, { color: false, width: 100 }));
  expect(documentText(stored)).toBe(documentText(document));
});

test("what is no document is refused", () => {
  expect(documentSchema.safeParse({ ...document, sections: [{ name: "x" }] }).success).toBe(false);
  expect(documentSchema.safeParse({ ...document, more: 1 }).success).toBe(false);
});

test("a Markdown page has its figures replaced, and nothing else", () => {
  const figures = renderMarkdown(document);
  const page = "# Title\n\n<!-- figures: filled by npm run paper -- --render -->\n\nold\n\n<!-- end of figures -->\n\nThe end.\n";
  const once = filled(page, figures);
  expect(once).toContain("### Load: 2 of 4");
  expect(once).not.toContain("old");
  expect([once?.startsWith("# Title\n"), once?.endsWith("\n\nThe end.\n")]).toEqual([true, true]);
  expect(filled(once ?? "", figures)).toBe(once);
  expect(filled("no place", figures)).toBeNull();
});
