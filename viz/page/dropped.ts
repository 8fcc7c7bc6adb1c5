/** What was dropped on the page, folders looked through: recordings to be opened, or a scenario to be played. */

import { isRecordingName } from "../model/recording-name.ts";
import type { Desk } from "./desk.ts";
import { openMany, sourceOfFile } from "./many.ts";
import { play } from "./opening.ts";

export function listenToDrops(desk: Desk): void {
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (event.dataTransfer === null) return;
    event.preventDefault();
    // Entries have to be taken before anything is waited for.
    const entries = [...event.dataTransfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
    void filesIn(entries).then((files) => take(desk, files));
  });
}

/** Opens recordings, those of one group's members as one run; plays a scenario. Whatever else there is in a folder is passed over. */
export async function take(desk: Desk, files: readonly File[]): Promise<void> {
  const scenarios = files.filter(({ name }) => /\.ya?ml$/.test(name));
  const recordings = files.length === 1 && scenarios.length === 0 ? files : files.filter(({ name }) => isRecordingName(name));
  if (recordings.length > 0) await openMany(desk, recordings.map(sourceOfFile));
  else if (scenarios.length > 0) {
    for (const file of scenarios) await play(desk, { file: file.name, text: await file.text(), seed: null, run: 0, edits: [] });
  } else desk.dispatch({ kind: "noticed", notice: { kind: "warning", text: "nothing here is a recording (.trace, .flight) or a scenario (.yaml)" } });
}

async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly File[]> {
  const found = await Promise.all(entries.map(async (entry): Promise<readonly File[]> => {
    if (isFile(entry)) return [await new Promise<File>((resolve, reject) => { entry.file(resolve, reject); })];
    return isFolder(entry) ? filesIn(await inside(entry)) : [];
  }));
  return found.flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** A reader gives a hundred at a time, until it gives none. */
async function inside(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
