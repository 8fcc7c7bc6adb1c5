/** The code that a browser gets, built as for a browser and run where there is nothing of Node.js: the same bytes, the same replay. */

import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "vite";
import { expect, test } from "vitest";
import { live } from "./browser-life.ts";

test("without Buffer, process and files, a run is written down, read and replayed bit by bit as in Node.js", async () => {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: false, lib: { entry: fileURLToPath(new URL("./browser-life.ts", import.meta.url)), formats: ["iife"], name: "browser" } },
  });
  const [output] = Array.isArray(built) ? built : [];
  const code = output?.output[0].code ?? "";
  const told = runInNewContext(`${code}; JSON.stringify({ ...browser.live(), node: typeof Buffer + typeof process })`, { TextEncoder, TextDecoder });
  expect(JSON.parse(String(told))).toEqual({ ...live(), node: "undefinedundefined" });
});
