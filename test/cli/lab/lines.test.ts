/** Lines by the hundred thousand: what is read and written without the language's own JSON says the same as with it. */

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runColumns } from "../../../sim/cli/lab/columns.ts";
import { CsvPen } from "../../../sim/cli/lab/csv-pen.ts";
import { finish, sourceOf } from "../../../sim/cli/lab/finish.ts";
import { readManifest, SweepFolder } from "../../../sim/cli/lab/folder.ts";
import { Journal } from "../../../sim/cli/lab/journal.ts";
import { Places } from "../../../sim/cli/lab/places.ts";
import { Portion } from "../../../sim/cli/lab/portion.ts";
import { RowReader } from "../../../sim/cli/lab/row-reader.ts";
import { countNames, type Row, timeNames } from "../../../sim/lab/model.ts";
import { passingFolder } from "../command.ts";
import { writeShards } from "./shards.ts";

const folder = passingFolder();
const number = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat().map((millionths) => millionths / 1e6), fc.constantFrom(0, 1e-7, 0.1 + 0.2, 5e-324, 2 ** 53, 1e21, 123456789.123456));
const lengths = fc.record({ seconds: fc.array(number, { maxLength: 4 }), censoredAfter: fc.array(number, { maxLength: 3 }) }, { requiredKeys: ["seconds"] });
const row = fc.tuple(fc.nat(), fc.nat(), fc.tuple(number, number), fc.array(number, { minLength: countNames.length, maxLength: countNames.length }), fc.array(fc.option(lengths), { minLength: timeNames.length, maxLength: timeNames.length })).map(
  ([cell, repetition, [events, memberSeconds], counts, times]): Row => ({
    cell, repetition, traceHash: "0123456789abcdef", events, memberSeconds, counts: Object.fromEntries(countNames.map((name, i) => [name, counts[i]])) as Row["counts"],
    times: Object.fromEntries(timeNames.flatMap((name, i) => (times[i] === null ? [] : [[name, times[i]]]))),
  }));

test("any row is read as JSON.parse reads it, one after the other in the same memory", () => {
  const reader = new RowReader();
  fc.assert(fc.property(row, (written) => {
    const line = Buffer.from(JSON.stringify(written));
    expect(JSON.parse(JSON.stringify(reader.read(line, 0, line.length)))).toEqual(JSON.parse(line.toString()));
  }));
});

test("what is no row of ours, to the last byte, is left to others", () => {
  const reader = new RowReader();
  const [sample] = fc.sample(row, { numRuns: 1, seed: 1 });
  const text = JSON.stringify(sample);
  for (const other of [text.slice(0, -1), `${text} `, text.replace('"bytes":', '"byte":'), text.replace('"events":', '"events": '), text.replace('"memberSeconds":', '"memberSeconds":-'), "", "{}"]) {
    const line = Buffer.from(other);
    expect([other, reader.read(line, 0, line.length)]).toEqual([other, null]);
  }
});

test("any field is written as the language writes it", () => {
  const path = join(folder, "fields.csv");
  fc.assert(fc.property(fc.array(fc.oneof(number, fc.string(), fc.boolean(), fc.constantFrom(null, "5%", 'a "b", c', "x".repeat(70_000))), { minLength: 1 }), (values) => {
    const pen = new CsvPen(path, ["head"]);
    for (const value of values) pen.field(value);
    pen.endLine();
    pen.close();
    const quoted = (value: unknown): string => (typeof value === "string" && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : `${value ?? ""}`);
    expect(readFileSync(path, "utf8")).toBe(`head\n${values.map(quoted).join(",")}\n`);
  }), { numRuns: 50 });
});

const REPEATS = 40;
const shards = writeShards(folder, REPEATS, 3);

function openAll(): readonly Journal[] {
  const extent = { cells: 64, repeats: REPEATS };
  const places = new Places(extent);
  return shards.map((shard) => new Journal(join(shard, "runs.ndjson"), extent, "read", places));
}

/** What is written, by file, a letter a byte. */
async function merged(name: string, isApart: boolean): Promise<ReadonlyMap<string, string>> {
  const out = new SweepFolder(join(folder, name));
  const journals = openAll();
  await finish(out, { ...readManifest(shards[0]!), shard: null }, sourceOf(journals), { isApart });
  out.leave();
  for (const journal of journals) journal.close();
  return new Map(readdirSync(out.path).map((file) => [file, readFileSync(join(out.path, file), "latin1")]));
}

test("tables that are made in a thread of their own are the same, and say what the lines say, in order", async () => {
  const here = await merged("here", false);
  expect(await merged("apart", true)).toEqual(here);
  const lines = shards.flatMap((shard) => readFileSync(join(shard, "runs.ndjson"), "utf8").trimEnd().split("\n")).map((line) => ({ line, row: JSON.parse(line) as Row }));
  lines.sort((one, other) => one.row.cell - other.row.cell || one.row.repetition - other.row.repetition);
  expect(here.get("runs.ndjson")).toBe(lines.map(({ line }) => `${line}\n`).join(""));
  const { cells, paths } = readManifest(shards[0]!);
  const columns = runColumns(cells, paths, new Set(["firstSuspicion", "firstDetection", "fullDissemination", "convergence"]));
  const written = lines.map(({ row }) => columns.map(({ of }) => String(of({ cell: cells[row.cell]!, row }) ?? "")).join(","));
  expect(here.get("runs.csv")).toBe([columns.map(({ name }) => name).join(","), ...written, ""].join("\n"));
});

test("portions that hold less than all follow one another, and a line may lie across two blocks of a file", () => {
  const journals = openAll();
  const { places } = sourceOf(journals);
  const portion = new Portion({ bytes: new SharedArrayBuffer(300_000), table: new SharedArrayBuffer(12 * 2_000) });
  let seen = 0;
  for (let place = 0; place < 64 * REPEATS; ) {
    place = portion.fill(place, 64 * REPEATS, places);
    for (let nth = 0; nth < portion.lines; nth++, seen++) expect(portion.bytes.toString("latin1", portion.starts[nth], portion.ends[nth])).toBe(places.line(portion.places[nth]!).toString("latin1"));
  }
  expect(seen).toBe(64 * REPEATS);
  for (const journal of journals) journal.close();
});

test("a disk that is full before the tables are whole is said so, whichever thread meets it", async () => {
  for (const isApart of [true, false]) {
    const out = new SweepFolder(join(folder, `full-${isApart}`));
    const journals = openAll();
    const to = Object.assign(Object.create(out) as SweepFolder, { draftOf: (name: string) => (name === "runs.csv" ? "/dev/full" : out.draftOf(name)) });
    await expect(finish(to, { ...readManifest(shards[0]!), shard: null }, sourceOf(journals), { isApart })).rejects.toThrow(`nothing can be written to ${out.path}: no space left on device`);
    out.leave();
    expect(existsSync(out.path), "nor is the new folder left, of which nothing came").toBe(false);
    for (const journal of journals) journal.close();
  }
});
