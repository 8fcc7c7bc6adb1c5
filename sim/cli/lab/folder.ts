/** The folder of a sweep: who may write to it, and what its manifest says. */

import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Manifest, Occasion } from "../../lab/model.ts";
import { KeptFolder, must } from "../out/kept-folder.ts";
import type { Stranger } from "../out/lock.ts";
import { exits, Stop } from "../stop.ts";

export const MANIFEST = "manifest.json";
export const RUNS = "runs.ndjson";
const OCCASIONS = "occasions.ndjson";

/** Files that are made from the runs once all are there. */
const TABLES = ["runs.csv", "runs.parquet", "cells.json", "cells.csv", "report.txt", "report.html"];

/** The names of all files that are ever written there. */
const ours = /^(?:manifest\.json|runs\.(?:ndjson|csv|parquet)|cells\.(?:json|csv)|report\.(?:txt|html)|occasions\.ndjson|tuning\.(?:json|txt))$/;

export class SweepFolder extends KeptFolder {
  /** Prepares the folder for this process alone. Throws a Stop if it can't be written to, contains foreign files, or is in use. */
  constructor(path: string, stranger?: Stranger) {
    super(path, { ours, foreign: "not a sweep's result" }, stranger);
  }

  /** The manifest, or null if there is none. Throws a Stop if another file has its name. */
  get manifest(): Manifest | null {
    return existsSync(this.pathOf(MANIFEST)) ? readManifest(this.path) : null;
  }

  writeManifest(manifest: Manifest): void {
    this.publish([{ name: MANIFEST, text: manifestText(manifest) }]);
  }

  /** Removes files made from earlier runs: they would not match the coming ones. */
  dropTables(): void {
    must(this.path, () => {
      for (const name of TABLES) rmSync(this.pathOf(name), { force: true });
    });
  }

  noteOccasion(occasion: Occasion): void {
    must(this.path, () => appendFileSync(this.pathOf(OCCASIONS), `${JSON.stringify(occasion)}\n`));
  }
}

export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** Throws a Stop if there is none, or it is not that of a sweep. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) throw new Stop(exits.noInput, `${folder} has no ${MANIFEST}: name a folder that a sweep has written`);
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isManifest(manifest)) return manifest;
  } catch {
    // Not JSON: not ours, handled below.
  }
  throw new Stop(exits.badData, `${path} is not a sweep's manifest`);
}

const isManifest = (value: unknown): value is Manifest =>
  typeof value === "object" && value !== null && "madeBy" in value && value.madeBy === "swimlab" && "kind" in value && value.kind === "sweep" && "cells" in value && Array.isArray(value.cells);

/** Throws a Stop if these are runs of another sweep than ours. `place` names the folder. */
export function refuseOthers(place: string, theirs: Manifest, ours: Manifest): void {
  const refuse = (why: string): never => {
    throw new Stop(exits.noOutput, `${place} holds runs of ${why}, which cannot be mixed with these: name another folder`);
  };
  if (theirs.version !== ours.version) refuse(`swimlab ${theirs.version} (this is ${ours.version})`);
  if (theirs.name !== ours.name) refuse(`another sweep, ${theirs.name}`);
  if (theirs.seed !== ours.seed) refuse(`--seed ${theirs.seed}`);
  if (JSON.stringify(theirs.cells) !== JSON.stringify(ours.cells)) refuse("other cells: the grid, its constraints or the base scenario differ");
  if (theirs.identity !== ours.identity) refuse("another version of swimlab's code or of the base scenario");
  if (JSON.stringify(theirs.until) !== JSON.stringify(ours.until)) refuse("another until");
}
