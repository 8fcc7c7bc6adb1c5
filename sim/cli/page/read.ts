/** Reads a folder of results: its manifest, its summary, and its runs one after another. */

import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { RunResult } from "../../index.ts";
import type { CellsDocument } from "../../lab/model.ts";
import type { Tuning } from "../lab/tuning-report.ts";
import type { Document } from "../report/index.ts";
import { exits, isSystemFault, Stop, whyNot } from "../stop.ts";
import { version } from "../version.ts";

/** The text of a folder's manifest, which must be of this version. Throws a Stop. */
export function readManifest(folder: string): { readonly text: string; readonly manifest: Readonly<Record<string, unknown>> } {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new Stop(exits.noInput, `there is no folder ${folder}: name one that --out wrote`);
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) throw new Stop(exits.noInput, `${folder} has no results: there is no manifest.json in it`);
  const text = textOf(path);
  const manifest = parsed(text, path);
  if (manifest["madeBy"] !== "swimlab") throw new Stop(exits.badData, `${path}: this is not a swimlab manifest`);
  refuseOtherVersions(folder, manifest);
  return { text, manifest };
}

/** The content of tuning.json; null if there is none. */
export function readTuning(folder: string): Tuning | null {
  const path = join(folder, "tuning.json");
  if (!existsSync(path)) return null;
  const tuning = parsed(textOf(path), path);
  if (tuning["madeBy"] !== "swimlab" || tuning["kind"] !== "tuning" || !Array.isArray(tuning["front"])) throw new Stop(exits.badData, `${path}: this is not what tune writes`);
  refuseOtherVersions(folder, tuning);
  return tuning as unknown as Tuning; // Checked: the same version.
}

function refuseOtherVersions(folder: string, { version: theirs }: Readonly<Record<string, unknown>>): void {
  if (theirs !== version()) throw new Stop(exits.badData, `${folder} was written by swimlab ${String(theirs)}, and this is ${version()}: use that version, or play it again`);
}

/** The content of summary.json. */
export function readSummary(folder: string): Document {
  const path = join(folder, "summary.json");
  if (!existsSync(path)) throw new Stop(exits.noInput, `${folder} is not finished: there is no summary.json in it`);
  const document = parsed(textOf(path), path);
  for (const name of ["metrics", "disruptions", "expectations", "agreement"]) {
    if (typeof document[name] !== "object") throw new Stop(exits.badData, `${path}: this is not a summary: ${name} is missing`);
  }
  return document as unknown as Document; // The manifest says that it is of the same version.
}

/** The content of cells.json of a complete sweep. */
export function readCells(folder: string): CellsDocument {
  const path = join(folder, "cells.json");
  if (!existsSync(path)) throw new Stop(exits.noInput, `${folder} is a sweep that is not finished: there is no cells.json in it`);
  const document = parsed(textOf(path), path);
  if (!Array.isArray(document["cells"])) throw new Stop(exits.badData, `${path}: this is not what a sweep writes`);
  return document as unknown as CellsDocument; // The manifest says that it is of the same version.
}

/** The runs, one a line. Only one is in memory at a time. */
export function* readRuns(folder: string): Generator<RunResult> {
  const path = join(folder, "runs.ndjson");
  let number = 0;
  for (const line of linesOf(path)) {
    number++;
    const value = jsonOf(line);
    if (!isRun(value)) throw new Stop(exits.badData, `${path}:${number}: this is not a run`);
    yield value;
  }
}

function isRun(value: unknown): value is RunResult {
  if (typeof value !== "object" || value === null) return false;
  const run = value as Readonly<Record<string, unknown>>;
  return ["run", "memberSeconds"].every((name) => typeof run[name] === "number")
    && ["agreement", "disruptions", "crashes", "blocks"].every((name) => Array.isArray(run[name])) && typeof run["falsePositives"] === "object";
}

/** How much of a file is read at a time, in bytes. */
const PIECE = 1_048_576;

/** The lines of a file, however long it is. Throws a Stop. */
export function* linesOf(path: string): Generator<string> {
  const file = attempt(path, () => openSync(path, "r"));
  try {
    const decoder = new StringDecoder("utf8");
    const piece = Buffer.allocUnsafe(PIECE);
    let waiting = "";
    for (let read = attempt(path, () => readSync(file, piece)); read > 0; read = attempt(path, () => readSync(file, piece))) {
      const lines = (waiting + decoder.write(piece.subarray(0, read))).split("\n");
      waiting = lines.pop() ?? "";
      yield* lines;
    }
    if (waiting !== "") yield waiting;
  } finally {
    closeSync(file);
  }
}

const textOf = (path: string): string => attempt(path, () => readFileSync(path, "utf8"));

function attempt<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (fault) {
    if (!isSystemFault(fault)) throw fault;
    throw new Stop(exits.noInput, `${path} can't be read: ${whyNot(fault)}`);
  }
}

function parsed(text: string, path: string): Readonly<Record<string, unknown>> {
  const value = jsonOf(text);
  if (typeof value !== "object" || value === null) throw new Stop(exits.badData, `${path}: this is not JSON, or damaged`);
  return value as Readonly<Record<string, unknown>>;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
