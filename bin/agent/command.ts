/** The agent's words: what may be asked of it, and what to say to those who ask for something else. */

import { Command } from "commander";
import { runAgent, type AgentHands, type AgentSettings, type AgentSignal } from "../../adapter/agent/index.ts";
import { MemberError } from "../../adapter/index.ts";
import { bugReport, commandLine, exits, gather, obey, refine, shipped, silently, Stop, type Terminal, version } from "../../sim/cli/program/index.ts";
import { writeKeyFile } from "./key-file.ts";
import { readSettings, type AgentOptions } from "./settings.ts";

/** What the user types for this program, and for the simulator, of which its texts speak. */
export type Names = { readonly agent: string; readonly simulator: string };

/** Does what the arguments say, and resolves with the exit code when the member has ended. Never throws. */
export const agentCommand = (args: readonly string[], terminal: Terminal, names: Names): Promise<number> =>
  obey((end) => commandOf(names, terminal, end), args, terminal, {
    missing: () => "--help tells what to write",
    report: (fault) => bugReport(fault, args, commandLine(args, names.agent)),
  });

function commandOf(names: Names, terminal: Terminal, end: (code: number) => void): Command {
  const command: Command = new Command(names.agent)
    .description("A member of a gossip pool in this terminal: alone, among its like, or among Serf, Consul and Nomad agents.\nCtrl-C leaves the group; twice quits at once.")
    .usage("[options]")
    .argument("[words...]");
  addWho(command, names);
  addWhat(command, names);
  command.action(async (words: readonly string[], options: AgentOptions) => {
    const [first] = words;
    if (first !== undefined) throw new Stop(exits.usage, `${first} means nothing here: an agent takes options only, such as --name ${first}`);
    end(await live(options, terminal));
  });
  refine(command, terminal);
  command.configureHelp({ visibleArguments: () => [], optionDescription: ({ description }) => description });
  return command.version(version(), "--version", "show the version").addHelpText("after", helpAfter(names.agent));
}

function addWho(command: Command, { simulator }: Names): void {
  command
    .optionsGroup("Who we are:")
    .option("--name <name>", "our name in the group, unique there; by default the machine's host name")
    .option("--bind <host:port>", "where to listen; by default 0.0.0.0:7946, and with port 0 on any free one")
    .option("--advertise <host:port>", "where others reach us, if not there: behind a NAT, or bound to 0.0.0.0")
    .option("--tag <key=value>", "what we tell of ourselves, as Serf's tags; as often as you like", gather, [])
    .option("--meta <text>", "instead of tags, any text")
    .optionsGroup("The group:")
    .option("--join <host:port>", "a member to be let in by; as often as you like; asked again while we are alone", gather, [])
    .option("--preset <name>", `swimlab (the default); serf, memberlist-lan, memberlist-wan in pools of these; or any of ${simulator} presets`)
    .option("--set <field=value>", "change one number of the protocol, such as suspicionMult=6 or periodEvery=500ms; as often as you like", gather, [])
    .option("--label <text>", "the group's label: who has another is not heard")
    .option("--key <base64>", "a key, as `serf keygen` prints it; the first one encrypts, all open; others on this machine may see it", gather, [])
    .option("--key-file <file>", "the same from a file: Serf's keyring, or a key a line; read again on SIGHUP, and written when serf keys changes them");
}

function addWhat(command: Command, { simulator }: Names): void {
  command
    .optionsGroup("What is shown and kept:")
    .option("--json", "a line of JSON for each event on standard output, and nothing else there")
    .option("--plain", "a line for each event, on a terminal too")
    .option("--metrics <host:port>", "serve /metrics to Prometheus, and /healthz; a port alone is of the loopback")
    .option("--record <file>", `the flight recorder: every step into a ring of files, for ${simulator} replay`)
    .option("--log-level <level>", "structured logs: error, warn, info, debug or silent")
    .option("--log-file <file>", "where to, instead of standard error; opened anew on SIGHUP")
    .option("--config <file>", `all of this, and more, from a YAML file; the command line overrides it (${shipped("docs/agent.md")})`)
    .optionsGroup("And:");
}

async function live(options: AgentOptions, terminal: Terminal): Promise<number> {
  const isTerminal = process.stdout.isTTY;
  const read = (): AgentSettings => readSettings(options, isTerminal);
  const settings = read();
  if (settings.show === "table" && process.stderr.isTTY && settings.log !== undefined && settings.log.file === undefined && settings.log.level !== "silent") {
    throw new Stop(exits.usage, "logs on standard error would run over the table: write them to a file with --log-file, or show lines with --plain");
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
  SIGINT, SIGTERM   leave the group, and say so; a second one quits at once
  SIGHUP            read --config and --key-file again: keys and tags change at once, without a restart

Exit codes: 0 left when told to, 1 put out by the group, 64 and above: not started, 130 or 143 quit at once.

Examples:
  ${agent} --name a --bind 127.0.0.1:7946
  ${agent} --name b --bind 127.0.0.1:7947 --join 127.0.0.1:7946 --tag role=web
  ${agent} --name c --bind 127.0.0.1:7948 --join 127.0.0.1:7946 --metrics 9090 --record c.flight

  Among Serf agents, encrypted:
  ${agent} --name d --bind 10.0.0.4:7946 --join 10.0.0.1:7946 --preset serf --key-file keyring.json

  Whatever happens, for a program:
  ${silently(agent)} --name e --bind 127.0.0.1:0 --join 127.0.0.1:7946 --json | jq .event
`;
