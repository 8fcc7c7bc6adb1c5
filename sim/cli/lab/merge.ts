/** `merge`: combines the folders of shards into the folder that one machine would have written, byte for byte. */

import { join } from "node:path";
import type { Manifest } from "../../lab/model.ts";
import { Gathered } from "../../lab/gather.ts";
import { placeOf, turnAt } from "../../lab/order.ts";
import { Watch } from "../../lab/until.ts";
import { isSameFile } from "../out/file.ts";
import { fileName } from "../play/command.ts";
import { count } from "../report/wording.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { finish, finishing, type Source, sourceOf } from "./finish.ts";
import { readManifest, refuseOthers, RUNS, SweepFolder } from "./folder.ts";
import { Journal, rowIn } from "./journal.ts";
import { Places } from "./places.ts";
import { sweepPageOf } from "../page/load.ts";
import { sweepPage } from "./report.ts";

export type MergeOptions = { readonly out?: string; readonly json?: boolean; readonly quiet?: boolean };

/** Returns 0. Throws a Stop if the folders do not belong together, or are not complete; then nothing is written. */
export async function merge(folders: readonly string[], options: MergeOptions, terminal: Terminal): Promise<number> {
  if (options.out === "") throw new Stop(exits.usage, "--out needs the name of a folder");
  const twice = folders.find((folder, i) => folders.findIndex((other) => isSameFile(other, folder)) < i);
  if (twice !== undefined) throw new Stop(exits.usage, `${twice} is named twice: name each folder once`);
  const manifests = folders.map(readManifest);
  const [first] = manifests;
  if (first === undefined) throw new Stop(exits.usage, "name the folders of all shards");
  manifests.forEach((manifest, i) => {
    refuseOthers(folders[i] ?? "", manifest, { ...first, version: version() });
    if (manifest.repeats !== first.repeats) throw new Stop(exits.noOutput, `${folders[i]} has a sweep of ${manifest.repeats} runs per cell, and ${folders[0]} one of ${first.repeats}: they do not belong together`);
    if (manifest.shard?.of !== first.shard?.of) throw new Stop(exits.noOutput, `${folders[i]} is one of ${manifest.shard?.of ?? 1} parts, and ${folders[0]} one of ${first.shard?.of ?? 1}: they do not belong together`);
  });
  const out = options.out ?? `out/${fileName(first.name)}`;
  if (folders.some((folder) => isSameFile(folder, out))) throw new Stop(exits.usage, `${out} is one of the parts: name another folder with --out`);
  const journals = openAll(folders, first);
  try {
    return await mergeInto(out, { manifest: first, manifests, journals, folders }, options, terminal);
  } finally {
    for (const journal of journals) journal.close();
  }
}

function openAll(folders: readonly string[], { cells, repeats }: Manifest): readonly Journal[] {
  const journals: Journal[] = [];
  const extent = { cells: cells.length, repeats };
  const places = new Places(extent);
  try {
    for (const folder of folders) journals.push(new Journal(join(folder, RUNS), extent, "read", places));
    return journals;
  } catch (thrown) {
    for (const journal of journals) journal.close();
    throw thrown;
  }
}

type Parts = { readonly manifest: Manifest; readonly manifests: readonly Manifest[]; readonly journals: readonly Journal[]; readonly folders: readonly string[] };

async function mergeInto(out: string, { manifest, manifests, journals, folders }: Parts, options: MergeOptions, terminal: Terminal): Promise<number> {
  const remark = options.quiet === true ? () => {} : terminal.remark;
  const source = sourceOf(journals);
  const again = source.places.again + journals.reduce((sum, { repeated }) => sum + repeated, 0);
  if (again > 0) remark(`${count(again)} runs occur twice, and are counted once`);
  journals.forEach((journal, i) => {
    if (journal.isRepaired) remark(`${folders[i]}: the last line is incomplete, and is ignored`);
  });
  refuseGaps(source, manifest, manifests);
  const folder = new SweepFolder(out);
  try {
    const before = folder.manifest;
    const whole: Manifest = { ...manifest, shard: null };
    if (before !== null) refuseOthers(out, before, whole);
    const progress = finishing(source.places.size.lines, options, terminal);
    const document = await finish(folder, whole, source, progress).finally(progress.takeAway);
    folder.publish([await sweepPageOf(whole, document)]);
    const runs = document.cells.reduce((sum, cell) => sum + cell.runs, 0);
    terminal.say(options.json === true ? `${JSON.stringify(document, null, 2)}\n` : sweepPage({ ...whole, runs: { asked: runs, finished: runs } }, document));
    remark(`written to ${folder.path}`);
    return 0;
  } finally {
    folder.leave();
  }
}

/** Every wanted run must be there. */
function refuseGaps({ places }: Source, { cells, repeats, until, seed, shard }: Manifest, manifests: readonly Manifest[]): void {
  let [missing, first] = [0, -1];
  for (const { cell } of cells) {
    const [gathered, watch] = until === null ? [null, null] : [new Gathered(), new Watch(until, seed)];
    for (let repetition = 0; repetition < repeats; repetition++) {
      const place = placeOf({ cell, repetition }, repeats);
      if (!places.has(place)) {
        missing++;
        if (first < 0) first = place;
        if (until === null) continue;
        break;
      }
      if (gathered === null || watch === null) continue;
      gathered.add(rowIn(places.line(place), () => `cell ${cell}, repetition ${repetition}`));
      if (watch.next === gathered.runs && watch.look(gathered).kind === "stops") break;
    }
  }
  if (missing === 0) return;
  const parts = new Set(manifests.flatMap((manifest) => manifest.shard?.index ?? []));
  const absent = shard === null ? [] : Array.from({ length: shard.of }, (_, i) => i + 1).filter((index) => !parts.has(index));
  const { cell, repetition } = turnAt(first, repeats);
  const which = absent.length > 0 ? `shard ${absent.slice(0, 10).join(", ")}${absent.length > 10 ? " and more" : ""} of ${shard?.of} is not among the folders` : "a shard was stopped before its end: start it again to resume it";
  throw new Stop(exits.noInput, `${until === null ? `${count(missing)} runs are` : `runs of ${count(missing)} cells are`} missing, the first of them cell ${cell}, repetition ${repetition}: ${which}`);
}
