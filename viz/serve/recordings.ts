/** Serves recordings and scenarios to the page: each under its own address, and nothing else from the disk. */

import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";
import { naturally } from "../model/natural.ts";
import { isRecordingName } from "../model/file-name.ts";

export type Served = { readonly address: string; readonly path: string };

/** The files to serve: those named, and the recordings in named folders. A sentence if something does not exist. */
export function servedFiles(paths: readonly string[]): { readonly ok: true; readonly files: readonly Served[] } | { readonly ok: false; readonly why: string } {
  const files: Served[] = [];
  for (const path of paths) {
    if (!existsSync(path)) return { ok: false, why: `${path}: there is no such file or folder` };
    const found = statSync(path).isDirectory() ? readdirSync(path).filter(isRecordingName).toSorted(naturally).map((name) => join(path, name)) : [path];
    if (found.length === 0) return { ok: false, why: `${path}: there is no .trace or .flight in this folder` };
    for (const file of found) files.push({ path: file, address: `recordings/${files.length}/${encodeURIComponent(basename(file))}` });
  }
  return { ok: true, files };
}

/** Handles requests for these addresses. */
export const recordingsPlugin = (files: readonly Served[]): Plugin => ({
  name: "recordings",
  configureServer: (server) => {
    server.middlewares.use((request, response, next) => {
      const wanted = files.find(({ address }) => request.url === `/${address}`);
      if (wanted === undefined) return next();
      response.setHeader("content-type", "application/octet-stream");
      response.setHeader("content-length", statSync(wanted.path).size);
      createReadStream(wanted.path).pipe(response);
    });
  },
});
