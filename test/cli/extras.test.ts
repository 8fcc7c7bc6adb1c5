/** What others add to the command: commands and worlds, beside ours and in the same manner. */

import { expect, test } from "vitest";
import { exits, Stop, type ExtraCommand, type Extras, type OtherWorld } from "../../sim/cli/index.ts";
import { callWith, passingFolder, scenarioIn } from "./command.ts";

const folder = passingFolder();
const small = scenarioIn(folder, "small");

const weigh: ExtraCommand = {
  name: "weigh",
  about: "says how heavy a thing is",
  missing: "name a thing",
  define: (command, { terminal, end }) => void command
    .description("says how heavy a thing is")
    .argument("<thing>")
    .option("--unit <name>", "in what", "g")
    .action((thing: string, { unit }: { readonly unit: string }) => {
      if (thing === "air") throw new Stop(exits.badData, "air is too light");
      terminal.say(`${thing}: ${thing.length} ${unit}\n`);
      end(thing.length);
    }),
};

const mars: OtherWorld = {
  name: "mars",
  about: "on Mars",
  play: ({ experiment: { scenario }, options: { set } }) => Promise.resolve(scenario.members.length + set.length),
};

const extras: Extras = { program: "lab", commands: [weigh], worlds: [mars] };
const call = callWith(extras);

test.each<readonly [code: number, stdout: string, stderr: string, args: readonly string[]]>([
  [5, "stone: 5 kg\n", "", ["weigh", "stone", "--unit", "kg"]],
  [65, "", "air is too light\n", ["weigh", "air"]],
  [64, "", "name a thing\n", ["weigh"]],
  [64, "", "unknown option --unti: did you mean --unit?\n", ["weigh", "stone", "--unti", "kg"]],
  [64, "", "unknown command wiegh: did you mean weigh?\n", ["wiegh"]],
  [64, "", "unknown command wiegh: did you mean weigh?\n", ["wiegh", "stone"]],
  [64, "", "too many arguments: give one file at a time, and put a path with spaces in quotes\n", ["weigh", "stone", "feather"]],
  [64, "", "--json comes before weigh: write options of weigh after it\n", ["--json", "weigh", "stone"]],
  [9, "", "", [small, "--world", "mars", "--set", "network.loss=1%"]],
  [64, "", "there is no world venus: choose one of simulated, mars\n", [small, "--world", "venus"]],
  [65, "", `--set:1:9: unknown key "mebmers": did you mean "members"?\n`, [small, "--world", "mars", "--set", "mebmers=3"]],
])("%d: %s%s", async (code, stdout, stderr, args) => {
  expect(await call(...args)).toEqual({ code, stdout, stderr });
});

test("the simulated world is the usual one, also by its name", async () => {
  const [named, usual] = [await call(small, "--jobs", "1", "--quiet", "--world", "simulated"), await call(small, "--jobs", "1", "--quiet")];
  expect(named.stdout.split("\n").at(-2)).toEqual(usual.stdout.split("\n").at(-2));
});

test("the help knows what was added, and what the user types", async () => {
  const { stdout } = await call("--help");
  expect(stdout).toMatch(/weigh .*says how heavy a thing is/);
  expect(stdout).toMatch(/--world <name>[^]*mars: on Mars/);
  expect(stdout).toContain("lab presets memberlist-lan swimlab");
  expect(stdout).not.toContain("npm run sim --");
});

test("without them, there is no --world", async () => {
  expect(await callWith({})(small, "--world", "mars")).toMatchObject({ code: 64, stderr: expect.stringContaining("unknown option --world") as string });
});
