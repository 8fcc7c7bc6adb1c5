/** report.html: what stands in it, that it asks for nothing, and that it can be written again from its folder, run by run. */

import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleFrom } from "../../../viz/model/link.ts";
import { call, passingFolder, scenarioIn } from "../command.ts";

const folder = passingFolder();
const small = scenarioIn(folder, "small", "runs: 4", "about: <b>Loss & a crash</b>", "network: { loss: 30% }", "expect: [ 'firstDetection.p50 < 60s' ]");
const out = join(folder, "out");
const page = (): string => readFileSync(join(out, "report.html"), "utf8");

beforeAll(async () => {
  writeFileSync(small, readFileSync(small, "utf8").replace("runs: 3\n", ""));
  await call(small, "--jobs", "1", "--out", out, "--quiet");
});

type Parsed = ReturnType<typeof parseHTML>["document"];

describe("a page", () => {
  let document: Parsed;
  const all = (selector: string): readonly ReturnType<Parsed["querySelectorAll"]>[number][] => [...document.querySelectorAll(selector)];
  beforeAll(() => {
    document = parseHTML(page()).document;
  });

  test("has each part, each with a heading, and each picture a name and a table of its own", () => {
    expect(all("main > section").map(({ id }) => id)).toEqual(["expectations", "agreement", "convergence", "detection", "false-positives", "load", "runs", "play-again"]);
    expect(all("main > section").every((section) => section.querySelector("h2") !== null)).toBe(true);
    const pictures = all("figure > svg");
    expect(pictures.length).toBeGreaterThanOrEqual(5);
    for (const picture of pictures) {
      expect(picture.getAttribute("role")).toBe("img");
      expect(picture.getAttribute("aria-label")).toMatch(/\.$/);
      expect(picture.closest("section")?.querySelector("table")).not.toBeNull();
    }
    expect(all("nav a").every((link) => document.querySelector(link.getAttribute("href") ?? "") !== null)).toBe(true);
  });

  test("says what was expected and measured, as the report in the terminal does", () => {
    const summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as { readonly expectations: readonly { readonly text: string; readonly why: string }[]; readonly traceHash: string };
    for (const { text, why } of summary.expectations) expect(all("#expectations td").map(({ textContent }) => textContent)).toContain(why === "" ? text : why);
    expect(document.querySelector("#play-again")?.textContent).toContain(`trace=${summary.traceHash}`);
    expect(document.querySelector("#play-again")?.textContent).toContain("loss: 30%");
    expect(document.querySelector("header")?.textContent).toContain("<b>Loss & a crash</b>");
  });

  test("asks for nothing: its policy forbids it, and it has no address to ask but that of the viewer", () => {
    expect(document.querySelector("meta[http-equiv]")?.getAttribute("content")).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[^']+'$/);
    expect(all("[src], link, img, iframe, object")).toEqual([]);
    expect(page()).not.toMatch(/@import|url\((?!#)/);
    expect(new Set(all("a[href]").map((link) => (link.getAttribute("href") ?? "").replace(/#.*/, "")))).toEqual(new Set(["", "http://localhost:5173/"]));
  });

  test("its links are the viewer's own, and lead to the run that they name", () => {
    const links = all("a[data-run]");
    expect(links.length).toBe(4);
    const { scenario } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as { readonly scenario: { readonly source: string } };
    for (const link of links) {
      const letters = new URLSearchParams(new URL(link.getAttribute("href") ?? "").hash.slice(1)).get("x") ?? "";
      expect(bundleFrom(JSON.parse(inflateRawSync(Buffer.from(letters, "base64url")).toString()))).toEqual([{ file: "small.yaml", text: scenario.source, seed: "1", run: Number(link.getAttribute("data-run")) }]);
    }
  });
});

test("what is offered to be typed again can be, whatever files and settings are called", async () => {
  const odd = scenarioIn(folder, "it's small");
  const place = join(folder, "odd");
  await call(odd, "--set", "about=it's odd", "--set", "network.loss=5%", "--runs", "1", "--jobs", "1", "--out", place, "--quiet");
  const { document } = parseHTML(readFileSync(join(place, "report.html"), "utf8"));
  const [, exported] = [...document.querySelectorAll("#play-again > pre")].map(({ textContent }) => textContent ?? "");
  expect(exported?.split("\n")[0]).toBe(`npm run sim -- trace export perfetto '${folder}/it'\\''s small.yaml' --set 'about=it'\\''s odd' --set network.loss=5% --seed "1" --run 0 --out run0.json`);
});

describe("report", () => {
  test("writes the same page again, and leads elsewhere if it is told to", async () => {
    const before = page();
    expect(await call("report", out)).toEqual({ code: 0, stdout: "", stderr: `written to ${join(out, "report.html")}\n` });
    expect(page()).toBe(before);
    await call("report", out, "--viewer", "../site/index.html");
    expect(page()).toContain('href="../site/index.html#x=');
    await call("report", out);
    expect(page()).toBe(before);
  });

  const damaged = (name: string, change: (path: string) => void): string => {
    const path = join(folder, name);
    cpSync(out, path, { recursive: true });
    change(path);
    return path;
  };

  test.each([
    ["no folder", () => join(folder, "nowhere"), 66, "there is no folder "],
    ["no manifest", () => damaged("bare", (path) => rmSync(join(path, "manifest.json"))), 66, "has no results: there is no manifest.json in it"],
    ["somebody else's manifest", () => damaged("foreign", (path) => writeFileSync(join(path, "manifest.json"), "{}")), 65, "this is not a swimlab manifest"],
    ["another version", () => damaged("old", (path) => writeFileSync(join(path, "manifest.json"), '{"madeBy":"swimlab","version":"0.1.0"}')), 65, "was written by swimlab 0.1.0, and this is "],
    ["no summary", () => damaged("unfinished", (path) => rmSync(join(path, "summary.json"))), 66, "is not finished: there is no summary.json in it"],
    ["half a run", () => damaged("torn", (path) => appendFileSync(join(path, "runs.ndjson"), '{"run":4,')), 65, "runs.ndjson:5: this is not a run"],
  ] as const)("says of %s what is wrong, in a sentence, and leaves the page", async (_, made, code, sentence) => {
    const path = made();
    const outcome = await call("report", path);
    expect(outcome.stderr).toContain(sentence);
    expect([outcome.code, outcome.stdout, outcome.stderr.split("\n").length]).toEqual([code, "", 2]);
  });

  test("of real members it does not say that the same command gives the same figures", async () => {
    const real = damaged("real", (path) => writeFileSync(join(path, "comparison.json"), "{}\n"));
    await call("report", real);
    const again = (path: string): string => parseHTML(readFileSync(join(path, "report.html"), "utf8")).document.querySelector("#play-again")?.textContent ?? "";
    expect(again(out)).toContain("gives the same figures on any machine:");
    expect(again(real)).not.toContain("the same figures");
    expect(again(real)).toContain("One run in the simulated world, with the same scenario and seed, as a trace that Perfetto opens, and as a picture:");
  });

  test("wants a folder, and an address for a viewer", async () => {
    expect(await call("report")).toMatchObject({ code: 64, stderr: "name a folder of results, such as out/partition\n" });
    expect((await call("report", out, "--viewer", "javascript:alert(1)")).stderr).toContain("is not an address");
  });
});
