/** How the page is built: as a static site with relative addresses, which works from any path and offline. */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  base: "./",
  build: { outDir: fileURLToPath(new URL("../../out/site", import.meta.url)), emptyOutDir: true, target: "es2022", modulePreload: { polyfill: false } },
  worker: { format: "es" },
  // The texts of scenarios are outside the viewer's folder.
  server: { fs: { allow: [fileURLToPath(new URL("../..", import.meta.url))] } },
});
