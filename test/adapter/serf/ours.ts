/** Members of ours among others' (Serf agents, unless another preset is asked for): in this process, or in one of their own that can be killed and stopped. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createMember, type MemberEvent, type MemberOptions, type SwimMember } from "../../../adapter/index.ts";
import type { PresetName } from "../../../engine/index.ts";
import { type Deed, keeping } from "../recorder/keeping.ts";
import { mortal } from "../../mortal.ts";
import { until } from "../until.ts";

/** Whom it remembers, `alive` and `suspect` and so on, with their tags. */
export type View = Readonly<Record<string, readonly [status: string, tags: Readonly<Record<string, string>>]>>;

export type Ours = {
  readonly name: string;
  readonly address: string;
  /** What it told so far, in words: `join s1`. */
  readonly heard: () => readonly string[];
  readonly view: () => View;
  /** Says goodbye. */
  readonly leave: () => Promise<void>;
  /** Ends it without a word. Idempotent. */
  readonly stop: () => Promise<void>;
};

/** One that can be stopped and killed. */
export type Apart = Ours & { readonly signal: (signal: NodeJS.Signals) => void };

export const optionsOf = (name: string, seeds: readonly string[], preset: PresetName = "serf"): MemberOptions =>
  ({ name, bind: "127.0.0.1:0", preset, tags: { by: "swimlab", is: name }, seeds });

export const viewOf = (member: SwimMember): View => Object.fromEntries(member.members("all").map(({ name, status, tags }) => [name, [status, tags]]));

/** An event in words. */
export function heardOf(event: MemberEvent): string {
  if ("peer" in event) return `${event.kind} ${event.peer.name}`;
  if (event.kind === "event") return `event ${event.name}: ${Buffer.from(event.payload).toString()}`;
  if (event.kind === "message") return `message ${event.from}: ${Buffer.from(event.payload).toString()}`;
  return event.kind === "error" ? `error ${event.error.message}` : event.kind;
}

/** In this process, with all that it did. */
export async function here(name: string, flight: string, seeds: readonly string[]): Promise<Ours & { readonly member: SwimMember; readonly deeds: readonly Deed[] }> {
  const { recorder, deeds } = keeping({ file: flight, flushEvery: 100 });
  const member = await createMember({ ...optionsOf(name, seeds), recorder });
  const heard: string[] = [];
  void (async () => { for await (const event of member) heard.push(heardOf(event)); })();
  return { name, member, deeds, address: member.address, heard: () => heard, view: () => viewOf(member), leave: () => member.leave(), stop: () => member.stop() };
}

const house = fileURLToPath(new URL("../../..", import.meta.url));

/** In a process of its own. */
export async function apart(name: string, flight: string, seed: string, preset: PresetName = "serf"): Promise<Apart> {
  const child = mortal(spawn(process.execPath, ["--import", "tsx", "test/adapter/serf/apart.ts", name, seed, flight, preset], { cwd: house, stdio: ["pipe", "pipe", "pipe"] }));
  let runs = true;
  const ended = new Promise<void>((resolve) => child.once("close", () => { runs = false; resolve(); }));
  const heard: string[] = [];
  let view: View = {};
  let errors = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    const told = JSON.parse(line) as { readonly heard: string; readonly view: View };
    heard.push(told.heard);
    view = told.view;
  });
  child.stderr.on("data", (text: Buffer) => { errors += text.toString(); });
  // Whoever is killed does not read.
  child.stdin.on("error", () => {});
  const address = await until(`${name} runs`, () => {
    if (!runs) throw new Error(`${name} ended before it ran: ${errors}`);
    return heard[0]?.replace("address ", "");
  });
  return {
    name, address,
    heard: () => heard,
    view: () => view,
    leave: () => {
      child.stdin.end();
      return ended;
    },
    stop: () => {
      child.kill("SIGKILL");
      return ended;
    },
    signal: (signal) => { child.kill(signal); },
  };
}
