/** A real Chromium on the built page: found on this machine, or said to be missing. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
import config from "../../viz/serve/vite.config.ts";

/** Where it is installed; null if it is not. CI installs it, and sets CI, so that there nothing is passed over. */
export const chromiumPath: string | null =
  [process.env["CHROMIUM"] ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path !== "" && existsSync(path)) ?? null;

/** May tests of the page be passed over? Only without Chromium, and never in CI. */
export const isPassedOver = chromiumPath === null && process.env["CI"] === undefined;

if (isPassedOver) process.stderr.write("no Chromium on this machine: the viewer's tests in a browser are passed over (apt-get install chromium, or set CHROMIUM)\n");

/** How many milliseconds later than the screen each frame of the page comes: none, or as many as LATE_FRAMES says, to find a test that looks before what it did has been drawn. */
const lateFrames = Number(process.env["LATE_FRAMES"] ?? 0);

/** How long a test in a browser may last, in milliseconds. */
export const PATIENCE = 240_000;

/** A site and a browser, and how to end both. */
export type Stand = {
  /** A new page with the site at `hash`; mistakes that the page makes are thrown by `close`. */
  readonly visit: (hash?: string, screen?: BrowserContextOptions) => Promise<Page>;
  readonly close: () => Promise<void>;
  /** Where the built site lies. */
  readonly folder: string;
};

/** Builds the site and opens a browser on it, from a path that is not the root. */
export async function stand(files: Readonly<Record<string, Uint8Array>> = {}): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-site-"));
  await build({ ...config, configFile: false, logLevel: "silent", build: { ...config.build, outDir: folder } });
  const server = await serve(folder, files);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  const mistakes: string[] = [];
  return {
    folder,
    visit: async (hash = "", screen = {}) => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...screen });
      // As long as a test may last: runs are played in the page, on machines that have other things to do.
      page.setDefaultTimeout(PATIENCE);
      page.on("pageerror", (error) => mistakes.push(error.stack ?? error.message));
      page.on("console", (message) => { if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) mistakes.push(message.text()); });
      if (lateFrames > 0) await page.addInitScript(`const ask = requestAnimationFrame; window.requestAnimationFrame = (draw) => setTimeout(ask, ${lateFrames}, draw);`);
      await page.goto(`http://127.0.0.1:${port}/some/path/index.html${hash}`);
      return page;
    },
    close: async () => {
      await browser.close();
      await new Promise((closed) => { server.close(closed); });
      rmSync(folder, { recursive: true, force: true });
      if (mistakes.length > 0) throw new Error(`the page made mistakes:\n${mistakes.join("\n")}`);
    },
  };
}

const types: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

function serve(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<Server> {
  const server = createServer(({ url = "" }, response) => {
    const path = normalize(decodeURIComponent(url.replace("/some/path/", "/").replace(/[?#].*$/, "")));
    const given = files[path.slice(1)];
    if (given === undefined && !existsSync(join(folder, path))) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
    response.end(given ?? readFileSync(join(folder, path)));
  });
  return new Promise((resolve) => { server.listen(0, "127.0.0.1", () => resolve(server)); });
}
