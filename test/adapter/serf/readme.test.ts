/** The README's section on Serf: its member is the example, and both sides print what it says. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isPassedOver, startAgent } from "./agent.ts";
import { blocksOf, typedIn } from "../../readme.ts";
import { until } from "../until.ts";
import { mortal } from "../../mortal.ts";

const house = fileURLToPath(new URL("../../..", import.meta.url));
const [, code = "", ours = "", theirs = ""] = blocksOf("Join a Serf cluster from Node.js");

test("its member is the example, with the package's door", () => {
  const [, example = ""] = /^\/\*\*.*\*\/\n\n([^]*)$/.exec(readFileSync(`${house}/examples/join-serf.ts`, "utf8")) ?? [];
  expect(code).toBe(example.replace('"../adapter/index.ts"', '"swimlab/adapter"').replaceAll(" as const", ""));
});

describe.runIf(!isPassedOver)("run as it stands", () => {
  test("both terminals show what the section shows", async () => {
    const agent = await startAgent("db-1", "-tag", "role=db");
    const member = mortal(spawn(process.execPath, ["--import", "tsx", "examples/join-serf.ts", agent.address, "127.0.0.1:0"], { cwd: house, stdio: ["ignore", "pipe", "inherit"] }));
    let printed = "";
    member.stdout.on("data", (text: Buffer) => { printed += text.toString(); });
    try {
      /** As the README has it: its ports, and blanks as they fall. */
      const asShown = (text: string, port: string): string => text.replaceAll(agent.address, "127.0.0.1:7946").replaceAll(`127.0.0.1:${port}`, "127.0.0.1:7950").replaceAll(/ +/g, " ").trim();
      let port = "";
      await until("it has said hello", () => agent.said().includes("user-event: hello"));
      let shown = "";
      for (const [, command = "", ...rest] of typedIn(theirs).map((line) => line.split(" "))) {
        if (command === "members" && shown !== "") {
          await until("its tags are seen", () => printed.includes("update db-1"));
          member.kill("SIGINT");
          await until("it left", () => agent.said().includes("EventMemberLeave: node-1"));
        }
        const said = await agent.tell(command, ...rest);
        port ||= /node-1 +127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? "";
        shown += `$ serf ${[command, ...rest].join(" ")}\n${said.trim()}\n`;
        if (command === "event") await until("it is heard", () => printed.includes("event deploy"));
      }
      expect(linesOf(asShown(shown, port))).toEqual(linesOf(asShown(theirs, "7950")));
      if (member.exitCode === null) await once(member, "exit");
      expect(asShown(printed, port).split("\n")).toEqual(asShown(ours, "7950").split("\n").slice(1, -1));
    } finally {
      member.kill("SIGKILL");
      await agent.stop();
    }
  });
});

/** Line by line; tags, acks and answers come in any order. */
const linesOf = (text: string): readonly string[] => text.split("\n").map((line) => line.trim().split(/[ ,]/).toSorted().join(" ")).toSorted();
