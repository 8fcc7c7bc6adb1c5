/** What is published: packed, installed into an empty project, and used there from TypeScript and from plain JavaScript. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPassedOver } from "../adapter/serf/agent.ts";
import { until } from "../adapter/until.ts";
import { mortal } from "../mortal.ts";
import { blocksIn, blocksOf, sectionOf, typedIn } from "../readme.ts";
import { typed, type Terminal } from "./terminal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = (tool: string): string => join(root, "node_modules/.bin", tool);

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

function run(folder: string, program: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

function must(folder: string, program: string, ...args: readonly string[]): string {
  const { code, stdout, stderr } = run(folder, program, ...args);
  expect(`${code} ${stderr}${code === 0 ? "" : stdout}`, `${program} ${args.join(" ")}`).toMatch(/^0 /);
  return stdout;
}

/** Uses each entry for what it is there for. */
const uses = `
import { address, instant, memberId, presets, start, step } from "swimlab";
import { keyringOf, memberlistCodec } from "swimlab/adapter";
import { memberWatch, metricsOf } from "swimlab/metrics";
import { playRun } from "swimlab/sim";
import { openTrace, TraceWriter } from "swimlab/trace";

const state = start({ config: presets.swimlab, id: memberId("a"), address: address("10.0.0.1:7946"), now: instant(0), seed: 1 });
const [next, effects] = step(state, { kind: "woke", now: instant(1_000_000) });
const codec = memberlistCodec({ keyring: keyringOf([]) });
const pieces: Uint8Array[] = [];
const writer = new TraceWriter((bytes) => pieces.push(bytes), { madeBy: "a user" });
writer.born(instant(0), state.self.id, state);
writer.end();
const opened = openTrace(Buffer.concat(pieces));
console.log(next.self.id, effects.length, codec.overhead, opened.ok, typeof playRun, typeof metricsOf, typeof memberWatch().stepped);
`;

/** A member in plain JavaScript that joins the one at this address, says whom it found there, and leaves. */
const joins = `
import { createMember } from "swimlab/adapter";

const member = await createMember({ name: "library", bind: "127.0.0.1:0", tags: { made: "plainly" } });
const found = new Promise((resolve) => member.on("join", ({ peer }) => resolve(peer.name)));
await member.join([process.argv[2]]);
console.log(await found, member.members().map(({ name }) => name).toSorted().join());
await member.leave();
`;

/** Of the README's agent, its member, and Serf's own commands. */
const PORTS = [7946, 7950, 7373];

const areFree = async (): Promise<boolean> => (await Promise.all(PORTS.map((port) => new Promise<boolean>((resolve) => {
  const server = createServer().once("error", () => resolve(false)).listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
})))).every(Boolean);

/** Does something else on this machine live there? Then it may stay, but not in CI. Another test may be there for a moment. */
const isTaken = process.env["CI"] === undefined && !await until("they are free", areFree, 5_000).catch(() => false);
if (isTaken) process.stderr.write("another program listens where the README's commands do: they are not tried\n");

const said = "a 0 34 true function function function\n";

describe("packed and installed", () => {
  let place = "";
  let project = "";
  let tarball = "";

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), "swimlab-user-"));
    project = join(place, "project");
    mkdirSync(project);
    const packed: readonly { readonly filename: string }[] = JSON.parse(must(root, "npm", "pack", "--json", "--silent", "--pack-destination", place));
    tarball = join(place, packed[0]!.filename);
    writeFileSync(join(project, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
    must(project, "npm", "install", tarball, "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--silent");
    // The types of Node.js are the user's own to install.
    mkdirSync(join(project, "node_modules/@types"), { recursive: true });
    for (const name of ["@types/node", "undici-types"]) symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name));
  }, 300_000);

  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test("publint has nothing to say", () => {
    expect(must(project, bin("publint"), "run", tarball, "--strict")).toContain("All good!");
  });

  test("it is plain JavaScript: no TypeScript but types, no tests, no tools", () => {
    const files = readdirSync(join(project, "node_modules/swimlab"), { recursive: true }).map(String);
    expect(files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).toEqual([]);
    expect(files.filter((file) => /(^test|tsbuildinfo|\.mjs$|^bench)/.test(file))).toEqual([]);
    for (const tool of ["tsx", "typescript", "vite"]) expect(existsSync(join(project, "node_modules", tool)), tool).toBe(false);
    const imports = files.filter((file) => file.endsWith(".js")).flatMap((file) => readFileSync(join(project, "node_modules/swimlab", file), "utf8").match(/^import .*\.ts";$/gm) ?? []);
    expect(imports).toEqual([]);
  });

  test("from JavaScript", () => {
    writeFileSync(join(project, "use.js"), uses.replace(": Uint8Array[]", ""));
    expect(must(project, process.execPath, "use.js")).toBe(said);
  });

  test("from CommonJS", () => {
    writeFileSync(join(project, "use.cjs"), 'console.log(require("swimlab").presets.swimlab.relays, Object.keys(require("swimlab/sim")).length > 0);\n');
    expect(must(project, process.execPath, "use.cjs")).toBe("3 true\n");
  });

  test.each([["NodeNext", "NodeNext"], ["ESNext", "Bundler"]])("from TypeScript, whose modules are %s and found as %s: all of our types are looked into", (module, moduleResolution) => {
    const compilerOptions = { strict: true, target: "ES2023", lib: ["ES2023"], module, moduleResolution, types: ["node"], skipLibCheck: false, exactOptionalPropertyTypes: true, outDir: `built-${module}` };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["use.ts"] }));
    writeFileSync(join(project, "use.ts"), uses);
    must(project, bin("tsc"), "-p", ".");
    expect(must(project, process.execPath, `built-${module}/use.js`)).toBe(said);
    writeFileSync(join(project, "use.ts"), uses.replace('memberId("a")', '"a"'));
    expect(run(project, bin("tsc"), "-p", ".").stdout).toMatch(/is not assignable to type '(?:MemberId|Text<"MemberId">)/);
  });

  test("whose types need those of Node.js, where all are looked into, is as the README says", () => {
    const compilerOptions = { strict: true, target: "ES2023", lib: ["ES2023"], module: "NodeNext", types: [], skipLibCheck: false, noEmit: true };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["alone.ts"] }));
    const wanting = ["swimlab", "swimlab/adapter", "swimlab/metrics", "swimlab/sim", "swimlab/trace"].filter((entry) => {
      writeFileSync(join(project, "alone.ts"), `import * as all from "${entry}";\nexport { all };\n`);
      return run(project, bin("tsc"), "-p", ".").code !== 0;
    });
    expect(sectionOf("Join a Serf cluster from Node.js")).toContain(`${wanting.map((entry) => `\`${entry}\``).join(" and ")} need the types of Node.js`);
    expect(wanting).toEqual(["swimlab/adapter", "swimlab/metrics"]);
  }, 60_000);

  test("npx swimlab: its programs, its workers, its scenarios", () => {
    const swimlab = join(project, "node_modules/.bin/swimlab");
    expect(must(project, swimlab, "--version")).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(must(project, swimlab, "check", "node_modules/swimlab/scenarios/crash.yaml", "--runs", "1")).toMatch(/^identical: 1 run, /);
    expect(must(project, swimlab, "sim", "node_modules/swimlab/scenarios/crash.yaml", "--runs", "2", "--quiet")).toContain("seed=1 scenario=");
    expect(run(project, swimlab, "import", "package.json")).toMatchObject({ code: 65, stderr: "package.json: this is not a packet capture: neither pcap nor pcapng\n" });
  });

  test("npx swimlab knows the simulator's commands, and what they leave for people says so", () => {
    const swimlab = join(project, "node_modules/.bin/swimlab");
    for (const name of ["replay", "sweep", "tune", "explore"]) expect(must(project, swimlab, name, "--help")).toContain(`Usage: swimlab sim ${name} `);
    must(project, swimlab, "sim", "node_modules/swimlab/scenarios/crash.yaml", "--runs", "2", "--quiet", "--out", "crash");
    const [manifest = "", page = ""] = ["manifest.json", "report.html"].map((name) => readFileSync(join(project, "crash", name), "utf8"));
    expect(JSON.parse(manifest)).toMatchObject({ command: "swimlab sim node_modules/swimlab/scenarios/crash.yaml --runs 2 --quiet --out crash" });
    expect(page).toContain("swimlab sim trace export perfetto ");
    expect([...page.matchAll(/npm run \w+/g)].map(String)).toEqual(["npm run viz", "npm run site"]);
    must(project, swimlab, "report", "crash");
    expect(readFileSync(join(project, "crash/report.html"), "utf8")).toBe(page);
  }, 60_000);

  test("the simulator as a library: the programs of its page say what it says that they say, and play what the command plays", () => {
    const page = readFileSync(join(project, "node_modules/swimlab/docs/library.md"), "utf8");
    const blocks = blocksIn(page);
    const programs = blocks.filter((block) => typedIn(block).length === 0);
    const shown = blocks.filter((block) => typedIn(block).length > 0);
    const printed = shown.map((block, number) => {
      const [command = ""] = typedIn(block);
      writeFileSync(join(project, command.split(" ")[1]!), programs[number]!);
      return `$ ${command}\n${must(project, "sh", "-c", command)}`;
    });
    expect(printed.length).toBe(programs.length);
    expect(printed).toEqual(shown);
    const same = /`npx (swimlab sim [^`]+)` ends with the same line/.exec(page)?.[1] ?? "";
    expect(must(project, "sh", "-c", `node_modules/.bin/${same} --quiet`).trimEnd().split("\n").at(-1)).toBe(printed[0]!.split("\n")[2]);
  }, 60_000);

  test("the paths that its help and its sentences name are there", () => {
    const swimlab = join(project, "node_modules/.bin/swimlab");
    const said = ["sim", "sweep", "explore", "tune", "import"].map((name) => `${must(project, swimlab, name, "--help")}${run(project, swimlab, name).stderr}`).join("\n").replaceAll(/\n {8,}/g, " ");
    const paths = Array.from(said.matchAll(/\S*(?:scenarios|sweeps|worlds|docs)\/[\w./-]+\w/g), String);
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(join(project, path)))).toEqual([]);
    for (const path of ["scenarios/crash.yaml", "worlds/farewell.yaml"]) {
      expect(run(project, swimlab, path.startsWith("worlds") ? "explore" : "sim", path)).toEqual({ code: 66, stdout: "", stderr: `there is no file ${path} here: it is node_modules/swimlab/${path}\n` });
    }
  }, 60_000);

  test("its pages lead to each other, and to nothing that was left behind but pictures", () => {
    const home = join(project, "node_modules/swimlab");
    const pages = readdirSync(home, { recursive: true }).map(String).filter((file) => file.endsWith(".md"));
    expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/agent.md", "docs/capture.md", "sweeps/README.md", "worlds/README.md", "scenarios/README.md"]));
    const missing = pages.flatMap((page) => Array.from(readFileSync(join(home, page), "utf8").matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g), ([, target = ""]) => join(dirname(page), target)));
    expect(missing.filter((target) => !target.endsWith(".png") && !existsSync(join(home, target)))).toEqual([]);
  });

  test("npx swimlab agent, and a member in JavaScript that joins it, sees it, and leaves it", async () => {
    const agent = mortal(spawn(join(project, "node_modules/.bin/swimlab"), ["agent", "--name", "agent", "--bind", "127.0.0.1:0", "--json"], { cwd: project, stdio: ["ignore", "pipe", "inherit"] }));
    const lines = createInterface({ input: agent.stdout });
    const said: { readonly event: string; readonly address?: string; readonly member?: { readonly tags: unknown } }[] = [];
    const started = new Promise<void>((resolve) => {
      lines.on("line", (line) => {
        said.push(JSON.parse(line));
        resolve();
      });
    });
    const ended = once(agent, "close");
    await started;
    writeFileSync(join(project, "joins.js"), joins);
    const found = run(project, process.execPath, "joins.js", said[0]?.address ?? "");
    agent.kill("SIGINT");
    await ended;
    expect(found).toEqual({ code: 0, stdout: "agent agent,library\n", stderr: "" });
    // On a busy machine members may be doubted without cause.
    const events = said.map(({ event }) => event).filter((event) => event !== "suspect" && event !== "clear");
    expect([agent.exitCode, events]).toEqual([0, ["started", "join", "leave", "leaving", "left"]]);
    expect(said.find(({ event }) => event === "join")?.member?.tags).toEqual({ made: "plainly" });
  }, 60_000);

  describe("as the README has it, in an empty folder beside the package", () => {
    const [start = "", code = "", ours = "", theirs = ""] = blocksOf("Join a Serf cluster from Node.js");
    const [install = "", agent = ""] = typedIn(start);
    let empty = "";

    beforeAll(() => {
      empty = join(place, "empty");
      mkdirSync(empty);
    });

    test("what npm pack makes is called so, and is installed", () => {
      expect(sectionOf("Join a Serf cluster from Node.js")).toContain(`\`npm ci && npm pack\` makes \`${basename(tarball)}\``);
      // What is in npm's cache already need not be fetched again.
      must(empty, "env", "npm_config_prefer_offline=true", "sh", "-c", install);
      expect(readdirSync(join(empty, "node_modules"))).toContain("swimlab");
    }, 120_000);

    test.runIf(!isPassedOver && !isTaken)("its agent and its member, in two terminals, show each other", async () => {
      await until(`its ports are free: ${PORTS.join(", ")}`, areFree);
      writeFileSync(join(empty, "member.mjs"), code);
      const theirTerminal = typed(empty, agent.replace(/ &$/, ""));
      let ourTerminal: Terminal | undefined;
      try {
        await until("the agent runs", () => theirTerminal.said().includes("Serf agent running!"));
        ourTerminal = typed(empty, typedIn(ours)[0]!);
        const [, ...shown] = ours.split("\n");
        await until("it said hello", () => ourTerminal?.said() === `${shown.slice(0, 2).join("\n")}\n`);
        const showsUs = (status: string): Promise<true> => until(`we are shown to be ${status}`, () => new RegExp(`^node-1 +127\\.0\\.0\\.1:7950 +${status} `, "m").test(must(empty, "sh", "-c", typedIn(theirs)[0]!)));
        await showsUs("alive");
        ourTerminal.ctrlC();
        await ourTerminal.ended;
        await showsUs("left");
      } finally {
        await Promise.all([theirTerminal.close(), ourTerminal?.close()]);
      }
    }, 60_000);
  });
});
