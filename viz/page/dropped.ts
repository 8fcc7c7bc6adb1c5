/** Files that are dropped on the page, including those in folders. */

import { bring } from "./bring.ts";
import type { Desk } from "./desk.ts";
import { sourceOfFile } from "./many.ts";

export function listenToDrops(desk: Desk): void {
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (event.dataTransfer === null) return;
    event.preventDefault();
    // Entries must be taken before the first await.
    const entries = [...event.dataTransfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
    void filesIn(entries).then((files) => take(desk, files));
  });
}

/** Takes files from the user's disk. */
export async function take(desk: Desk, files: readonly File[]): Promise<void> {
  await bring(desk, files.map(sourceOfFile));
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

/** A reader returns a hundred entries at a time, and none at the end. */
async function inside(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
