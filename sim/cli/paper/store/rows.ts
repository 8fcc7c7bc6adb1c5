/** The file of finished runs: one line of JSON each, written as soon as a run is over, so that a killed process loses only the runs under way. */

import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { exits, Stop } from "../../stop.ts";
import type { Figures } from "../model/experiment.ts";
import { runKey } from "../play/plan.ts";

export type Row = { readonly experiment: string; readonly cell: string; readonly repetition: number; readonly figures: Figures };

/** The first line: identifies the results that follow. */
export type Head = { readonly madeBy: "swimlab"; readonly version: string; readonly seed: string; readonly identity: string };

export class Rows {
  /** Finished runs, by their key. */
  private readonly finished = new Map<string, Figures>();
  private readonly file: number;
  /** Was the last line incomplete, and was it cut off? */
  readonly isRepaired: boolean;

  /** Opens the file, or creates it. Throws a Stop if it contains other results, or something else. */
  constructor(path: string, head: Head) {
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    this.isRepaired = whole.length < text.length;
    this.file = openSync(path, "a");
    try {
      if (this.isRepaired) ftruncateSync(this.file, Buffer.byteLength(whole));
      const [first, ...lines] = whole.split("\n").slice(0, -1);
      if (first === undefined) this.write(head);
      else refuseOthers(path, first, head);
      lines.forEach((line, nth) => this.note(readRow(line, `${path}:${nth + 2}`)));
    } catch (thrown) {
      this.close();
      throw thrown;
    }
  }

  get count(): number {
    return this.finished.size;
  }

  figuresOf(key: string): Figures | undefined {
    return this.finished.get(key);
  }

  append(row: Row): void {
    this.write(row);
    this.note(row);
  }

  close(): void {
    closeSync(this.file);
  }

  private note({ experiment, cell, repetition, figures }: Row): void {
    this.finished.set(runKey(experiment, cell, repetition), figures);
  }

  private write(line: Head | Row): void {
    writeSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

function refuseOthers(path: string, line: string, ours: Head): void {
  const theirs = parsed(line);
  if (!isHead(theirs)) throw new Stop(exits.noOutput, `${path}:1 is not the beginning of swimlab's runs: name another folder with --out`);
  if (theirs.identity === ours.identity) return;
  const why = theirs.seed === ours.seed ? "another version of swimlab" : `--seed ${theirs.seed}`;
  throw new Stop(exits.noOutput, `${path} holds runs of ${why}, which cannot be mixed with these: name another folder with --out, or remove that file`);
}

function readRow(line: string, place: string): Row {
  const row = parsed(line);
  if (isRow(row)) return row;
  throw new Stop(exits.badData, `${place} is not a run that swimlab wrote: remove the line, and it is played again`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The caller reports what is wrong with it.
    return null;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

const isHead = (value: unknown): value is Head => isObject(value) && value["madeBy"] === "swimlab" && typeof value["seed"] === "string" && typeof value["identity"] === "string";

const isRow = (value: unknown): value is Row =>
  isObject(value) && typeof value["experiment"] === "string" && typeof value["cell"] === "string" && typeof value["repetition"] === "number" && isFigures(value["figures"]);

const isFigures = (value: unknown): value is Figures =>
  isObject(value) && Object.values(value).every((figure) => typeof figure === "number" || (Array.isArray(figure) && figure.every((one) => typeof one === "number")));
