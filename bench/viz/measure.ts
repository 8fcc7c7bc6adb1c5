/** Measures the viewer in a real Chromium, on the built site. Prints one JSON document. `measure.ts WHAT`: see `measurements`. */

import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { type Stand, stand } from "../../test/viz/browser.ts";
import { largeText, longText, traceOf } from "./traces.ts";

const isQuick = process.env["SWIMLAB_QUICK"] !== undefined;
/** How long playing is watched, in seconds, and how many seeks are made. */
const [WATCHED, SEEKS] = isQuick ? [10, 30] : [60, 200];

export type FrameMeasurement = { readonly framesPerSecond: number; readonly longest: number; readonly longTasks: readonly number[]; readonly frames: number; readonly p99: number; readonly over50: number; readonly messages: number; readonly work: number };
export type SiteMeasurement = { readonly kilobytes: number; readonly firstPaint: number };
export type LongMeasurement = { readonly lines: number; readonly firstPicture: number; readonly p50: number; readonly p99: number; readonly mebibytes: number; readonly seekAgain: number };
export type ScrubMeasurement = { readonly framesPerSecond: number; readonly picture: number; readonly mebibytes: number };

/** A page with an opened trace that is completely known. */
async function opened(house: Stand): Promise<Page> {
  const page = await house.visit("#open=big.trace");
  await page.waitForFunction("swimlab.page().runs[0]?.isComplete === true && swimlab.frame(1).group !== null", undefined, { timeout: 1_800_000 });
  process.stderr.write("known to its end\n");
  return page;
}

const standWith = (path: string): Promise<Stand> => stand({ "big.trace": readFileSync(path) });

/** Plays in real time, with all messages drawn, and records the time of each frame. */
async function frames(path: string): Promise<FrameMeasurement> {
  const house = await standWith(path);
  const page = await opened(house);
  await page.evaluate("swimlab.dispatch({ kind: 'sought', at: 1000000 })");
  await page.waitForTimeout(3_000);
  // The first drawing includes compiling, and is not a frame of playing.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const workOf = async (): Promise<number> => (await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  const before = await workOf();
  const measured = await page.evaluate(`new Promise((done) => {
    const tasks = [];
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) tasks.push(duration); }).observe({ type: 'longtask' });
    swimlab.dispatch({ kind: 'played' });
    const times = [];
    let last = null, begin = null, all = 0;
    const frame = (now) => {
      begin ??= now;
      all++;
      if (last !== null && now - begin > 2000) times.push(now - last);
      last = now;
      if (swimlab.page().clock.isPlaying === false) swimlab.dispatch({ kind: 'sought', at: 1000000 }), swimlab.dispatch({ kind: 'played' });
      if (now - begin < ${(WATCHED + 2) * 1000}) requestAnimationFrame(frame);
      else done({ times, all, tasks, messages: swimlab.frame(1).traffic.count });
    };
    requestAnimationFrame(frame);
  })`) as { readonly times: readonly number[]; readonly tasks: readonly number[]; readonly messages: number; readonly all: number };
  const work = (1000 * ((await workOf()) - before)) / measured.all;
  await house.close();
  const sorted = measured.times.toSorted((one, other) => one - other);
  return { framesPerSecond: 1000 / at(sorted, 0.5), longest: sorted.at(-1) ?? Infinity, longTasks: measured.tasks.map(Math.round), p99: at(sorted, 0.99), over50: sorted.filter((length) => length > 50).length, frames: sorted.length, messages: measured.messages, work };
}

/** Drags the cursor over the whole run: how many frames, and how long until the picture of the final place. */
async function scrub(path: string): Promise<ScrubMeasurement> {
  const house = await standWith(path);
  const page = await opened(house);
  const measured = await page.evaluate(`(async () => {
    const { begins, ends } = swimlab.page().runs[0];
    const [frames, pictures] = [[], []];
    let last = performance.now();
    for (let n = 0; n < ${isQuick ? 60 : 300}; n++) {
      swimlab.dispatch({ kind: 'sought', at: Math.round(begins + (ends - begins) * (0.5 + 0.45 * Math.sin(n / 20))) });
      await new Promise(requestAnimationFrame);
      frames.push(performance.now() - last);
      last = performance.now();
    }
    for (let n = 0; n < 20; n++) {
      const at = Math.round(begins + (ends - begins) * ((n * 0.381) % 1));
      const asked = performance.now();
      swimlab.dispatch({ kind: 'sought', at });
      while (swimlab.frame(1).group.at !== at) await new Promise(requestAnimationFrame);
      pictures.push(performance.now() - asked);
    }
    return { frames, pictures };
  })()`) as { readonly frames: readonly number[]; readonly pictures: readonly number[] };
  const mebibytes = memoryOfPages();
  await house.close();
  return { framesPerSecond: 1000 / at(measured.frames.toSorted((one, other) => one - other), 0.5), picture: at(measured.pictures.toSorted((one, other) => one - other), 0.5), mebibytes };
}

/** A very long trace: the first picture, seeks to random places, and its memory. */
async function long(path: string): Promise<LongMeasurement> {
  const house = await stand();
  const page = await house.visit();
  await page.waitForSelector("[data-scenario]");
  // As a user opens it, from the disk: timed from when the page has the file.
  await page.evaluate(`(() => {
    globalThis.watch = { begun: null, seen: null };
    document.querySelector('input[type=file]').addEventListener('change', () => { watch.begun = performance.now(); }, { capture: true });
    const look = () => {
      const { shown } = swimlab.page();
      if (watch.begun !== null && shown !== null && swimlab.frame(shown).group !== null) watch.seen = performance.now();
      else setTimeout(look, 2);
    };
    look();
  })()`);
  await page.setInputFiles("input[type=file]", path);
  await page.waitForFunction("watch.seen !== null");
  const firstPicture = (await page.evaluate("watch.seen - watch.begun")) as number;
  process.stderr.write(`first picture after ${Math.round(firstPicture)} ms\n`);
  await page.waitForFunction("swimlab.page().runs[0]?.isComplete === true", undefined, { timeout: 3_600_000 });
  process.stderr.write(`known to its end after ${Math.round((await page.evaluate("performance.now() - watch.begun")) as number / 1000)} s\n`);
  const measured = await page.evaluate(`(async () => {
    const { id, begins, ends, lines } = swimlab.page().runs[0];
    const seek = async (share) => {
      const asked = performance.now();
      await swimlab.ask('group', { run: id, at: Math.round(begins + (ends - begins) * share), observer: null });
      return performance.now() - asked;
    };
    const times = [];
    for (let n = 1; n <= ${SEEKS}; n++) times.push(await seek((n * 0.6180339887) % 1));
    await seek(0.5);
    return { lines, times, seekAgain: await seek(0.5001) };
  })()`) as { readonly lines: number; readonly times: readonly number[]; readonly seekAgain: number };
  const mebibytes = memoryOfPages();
  await house.close();
  const sorted = measured.times.toSorted((one, other) => one - other);
  return { lines: measured.lines, firstPicture, p50: at(sorted, 0.5), p99: at(sorted, 0.99), mebibytes, seekAgain: measured.seekAgain };
}

/** The size of the built site when transferred, and its first paint. Nothing is excluded: there is no code that only the worker of a played run needs later. */
async function site(): Promise<SiteMeasurement> {
  const house = await stand();
  const kilobytes = readdirSync(house.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).reduce((sum, entry) => sum + gzipSync(readFileSync(`${entry.parentPath}/${entry.name}`)).length, 0) / 1000;
  const paints: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const page = await house.visit();
    await page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
    paints.push((await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")) as number);
    await page.close();
  }
  await house.close();
  return { kilobytes, firstPaint: at(paints.toSorted((one, other) => one - other), 0.5) };
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity;

/** The memory of the browser's page processes, which are descendants of this process: the largest of them has the page and its worker. */
function memoryOfPages(): number {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const number = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
      return [{ pid: Number(pid), parent: number("PPid"), kibibytes: number("VmRSS"), command: readFileSync(`/proc/${pid}/cmdline`, "utf8") }];
    } catch {
      // The process has ended meanwhile.
      return [];
    }
  });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  return processes.filter(({ pid, command }) => command.includes("--type=renderer") && isOurs(pid)).reduce((most, { kibibytes }) => Math.max(most, kibibytes / 1024), 0);
}

const measurements: Readonly<Record<string, () => Promise<unknown>>> = {
  site,
  "1000": () => frames(traceOf("1000-members", largeText(1000, 30))),
  "10000": () => frames(traceOf("10000-members", largeText(10_000, 12))),
  "100000": () => scrub(traceOf("100000-members", largeText(100_000, 3))),
  long: () => long(isQuick ? traceOf("500000-lines", longText(500_000)) : traceOf("5000000-lines", longText(5_000_000))),
};

const wanted = measurements[process.argv[2] ?? ""];
if (wanted === undefined) {
  process.stderr.write(`measure one of: ${Object.keys(measurements).join(", ")}\n`);
  process.exitCode = 64;
} else process.stdout.write(`${JSON.stringify(await wanted())}\n`);
