/** The agent's words: what may be asked of it, and what to say to those who ask for something else. */

import { Command } from "commander";
import { runAgent, type AgentHands, type AgentSettings, type AgentSignal } from "../../adapter/agent/index.ts";
import { MemberError } from "../../adapter/index.ts";
import { bugReport, commandLine, exits, gather, obey, refine, shipped, silently, Stop, type Terminal, version, whenOutputIsLost } from "../../sim/cli/program/index.ts";
import { writeKeyFile } from "./key-file.ts";
import { readSettings, type AgentOptions } from "./settings.ts";

/** What the user types for this program, and for the simulator, of which its texts speak. */
export type Names = { readonly agent: string; readonly simulator: string };

/** Does what the arguments say, and resolves with the exit code when the member has ended. Never throws. */
export const agentCommand = (args: readonly string[], terminal: Terminal, names: Names): Promise<number> =>
  obey((end) => commandOf(names, terminal, end), args, terminal, {
    missing: () => "see --help",
    report: (fault) => bugReport(fault, args, commandLine(args, names.agent)),
  });

function commandOf(names: Names, terminal: Terminal, end: (code: number) => void): Command {
  const command: Command = new Command(names.agent)
    .description("Runs a real member in this terminal: alone, with other swimlab members, or in a cluster of Serf agents.\nCtrl-C leaves the group; twice quits at once.")
    .usage("[options]")
    .argument("[words...]");
  addWho(command, names);
  addWhat(command, names);
  command.action(async (words: readonly string[], options: AgentOptions) => {
    const [first] = words;
    if (first !== undefined) throw new Stop(exits.usage, `${first} means nothing here: the agent takes only options, such as --name ${first}`);
    end(await live(options, terminal));
  });
  refine(command, terminal);
  command.configureHelp({ visibleArguments: () => [], optionDescription: ({ description }) => description });
  return command.version(version(), "--version", "show the version").addHelpText("after", helpAfter(names.agent));
}

function addWho(command: Command, { simulator }: Names): void {
  command
    .optionsGroup("This member:")
    .option("--name <name>", "its name, unique in the group; by default the machine's host name")
    .option("--bind <host:port>", "where to listen; by default 0.0.0.0:7946; port 0 for any free one")
    .option("--advertise <host:port>", "where others reach it, if that differs: behind a NAT, or bound to 0.0.0.0")
    .option("--tag <key=value>", "what it publishes about itself, as Serf's tags; can be repeated", gather, [])
    .option("--meta <text>", "any text, instead of tags")
    .optionsGroup("The group:")
    .option("--join <host:port>", "a member through which to join; can be repeated; asked again while this one is alone", gather, [])
    .option("--preset <name>", `swimlab (the default); serf, memberlist-lan or memberlist-wan in groups of these; or any that ${simulator} presets shows`)
    .option("--set <field=value>", "change one field of the preset, such as suspicionMult=6 or periodEvery=500ms; can be repeated", gather, [])
    .option("--tcp", "TCP alone, where UDP does not pass: all members of the group need it; the file has TLS as well")
    .option("--label <text>", "the group's label: members with another label are ignored")
    .option("--key <base64>", "a key, as `serf keygen` prints it; can be repeated: all decrypt, the first encrypts; other users of this machine can see it", gather, [])
    .option("--key-file <file>", "keys from a file instead: Serf's keyring, or one key per line; reloaded on SIGHUP, and rewritten when serf keys changes them");
}

function addWhat(command: Command, { simulator }: Names): void {
  command
    .optionsGroup("Output:")
    .option("--json", "print a line of JSON for each event, and nothing else, on standard output")
    .option("--plain", "print a line for each event, even on a terminal")
    .option("--metrics <host:port>", "serve /metrics for Prometheus, /healthz and /readyz; a port alone binds to the loopback")
    .option("--record <file>", `record every step in a ring of files, for ${simulator} replay`)
    .option("--log-level <level>", "write structured logs: error, warn, info, debug or silent")
    .option("--log-file <file>", "write logs to this file instead of standard error; reopened on SIGHUP")
    .option("--config <file>", `read all of this, and more, from a YAML file; the command line overrides it (${shipped("docs/agent.md")})`)
    .optionsGroup("Other:");
}

async function live(options: AgentOptions, terminal: Terminal): Promise<number> {
  const isTerminal = process.stdout.isTTY;
  const read = (): AgentSettings => readSettings(options, isTerminal);
  const settings = read();
  if (settings.show === "table" && process.stderr.isTTY && settings.log !== undefined && settings.log.file === undefined && settings.log.level !== "silent") {
    throw new Stop(exits.usage, "logs on standard error would overwrite the table: write them to a file with --log-file, or print lines with --plain");
  }
  try {
    return await runAgent(settings, handsOf(options, terminal, read));
  } catch (fault) {
    if (fault instanceof MemberError) throw new Stop(codeOf(fault), fault.message);
    throw fault;
  }
}

/** A file that can't be written has a code of its own, and so has a machine that refuses. */
function codeOf({ code }: MemberError): Stop["code"] {
  if (code === "system") return exits.noMemory;
  return code === "unwritable" ? exits.noOutput : exits.usage;
}

function handsOf({ config, keyFile }: AgentOptions, terminal: Terminal, read: () => AgentSettings): AgentHands {
  const { stdout } = process;
  return {
    page: { write: terminal.say, isColoured: terminal.color, size: () => ({ columns: stdout.columns ?? terminal.width, rows: stdout.rows ?? 40 }) },
    signals: hearSignals,
    outputLost: (hear) => whenOutputIsLost((why, code) => {
      if (why !== null) terminal.remark(why);
      hear(why ?? "nobody reads standard output any more", code);
    }),
    quit: (code) => process.exit(code),
    reread: config === undefined && keyFile === undefined ? null : read,
    writeKeys: writeKeyFile,
  };
}

function hearSignals(hear: (signal: AgentSignal) => void): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const heard = signals.map((signal) => [signal, (): void => hear(signal)] as const);
  for (const [signal, on] of heard) process.on(signal, on);
  return () => { for (const [signal, on] of heard) process.off(signal, on); };
}

const helpAfter = (agent: string): string => `
Signals:
  SIGINT, SIGTERM   say goodbye and leave the group; a second one quits at once
  SIGHUP            reload --config and --key-file: keys and tags change without a restart; reopen --log-file

Exit codes: 0 left because it was told to, 1 held dead by the group where death is final, 64 and above: not started, 130 or 143 quit at once.

Examples:
  ${agent} --name a --bind 127.0.0.1:7946
  ${agent} --name b --bind 127.0.0.1:7947 --join 127.0.0.1:7946 --tag role=web
  ${agent} --name c --bind 127.0.0.1:7948 --join 127.0.0.1:7946 --metrics 9090 --record c.flight

  In a cluster of Serf agents, encrypted:
  ${agent} --name d --bind 10.0.0.4:7946 --join 10.0.0.1:7946 --preset serf --key-file keyring.json

  All events, for a program:
  ${silently(agent)} --name e --bind 127.0.0.1:0 --join 127.0.0.1:7946 --json | jq .event
`;
