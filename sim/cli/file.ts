/** Reads files that the user names, or says in a sentence why it can't. */

import { closeSync, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { nearest } from "../scenario/nearest.ts";
import { shipped } from "./shipped.ts";
import { exits, isSystemFault, Stop, whyNot } from "./stop.ts";

const MEBIBYTE = 1_048_576;
/** No scenario is nearly as long; longer files are not even read to their end. The scenario language itself allows a million characters. */
const LONGEST_SCENARIO = 4 * MEBIBYTE;

/** The text of a scenario, from a file or anything else that can be read. Throws a Stop. */
export function readScenarioText(path: string): string {
  const bytes = readUpTo(path, LONGEST_SCENARIO + 1, scenarioUnreadable);
  if (bytes.length > LONGEST_SCENARIO) throw new Stop(exits.badData, `${path}:1:1: the file is too large: a scenario may have 1 MiB`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Stop(exits.badData, `${path}:1:1: this is not UTF-8 text`);
  }
}

/** The bytes of a file. Throws a Stop. */
export const readBytes = (path: string): Uint8Array => readUpTo(path, Infinity, unreadable);

/** Reads to the end or up to this many bytes: the length of a pipe or a device is not known in advance. */
function readUpTo(path: string, most: number, stopFor: typeof unreadable): Uint8Array {
  let file: number | null = null;
  try {
    file = openSync(path, "r");
    const pieces: Buffer[] = [];
    for (let length = 0; length < most; ) {
      const piece = Buffer.allocUnsafe(Math.min(MEBIBYTE, most - length));
      const read = readSync(file, piece);
      if (read === 0) break;
      pieces.push(piece.subarray(0, read));
      length += read;
    }
    return Buffer.concat(pieces);
  } catch (fault) {
    if (!isSystemFault(fault)) throw fault;
    throw stopFor(path, fault);
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Why the system can't read it, in words; followed by what was probably meant, if known. */
export function unreadable(path: string, fault: NodeJS.ErrnoException, meant: { readonly within?: string; readonly instead?: string } = {}): Stop {
  const { within, instead } = meant;
  if (fault.code === "EISDIR") return new Stop(exits.noInput, `${path} is a folder: name a file in it${within === undefined ? "" : `, such as ${within}`}`);
  if (fault.code !== "ENOENT") return new Stop(exits.noInput, `${path} can't be read: ${whyNot(fault)}`);
  const along = shipped(path);
  if (!isAbsolute(path) && existsSync(along)) return new Stop(exits.noInput, `there is no file ${path} here: it is ${along}`);
  return new Stop(exits.noInput, `there is no file ${path}${instead === undefined ? "" : `: did you mean ${instead}?`}`);
}

/** The same for a scenario, or another of our YAML files: suggests a nearby one. */
function scenarioUnreadable(path: string, fault: NodeJS.ErrnoException): Stop {
  const [within, instead] = [scenariosIn(path)[0], nearScenario(path)];
  return unreadable(path, fault, { ...(within !== undefined && { within }), ...(instead !== undefined && { instead }) });
}

/** The scenario with the nearest name: next to the missing one, where scenarios usually are, or among the shipped ones. */
export function nearScenario(path: string): string | undefined {
  const files = [...scenariosIn(dirname(path)), ...scenariosIn("scenarios"), ...scenariosIn(shipped("scenarios"))];
  const name = nearest(nameOf(path), files.map(nameOf));
  return files.find((file) => nameOf(file) === name);
}

const nameOf = (path: string): string => basename(path).replace(/\.y\w*$/, "");

function scenariosIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).toSorted().map((name) => join(folder, name));
  } catch {
    // This is only a suggestion: if the folder can't be read, there is none.
    return [];
  }
}
