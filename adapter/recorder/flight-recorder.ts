/** The flight recorder: sees every step of a real member, and keeps the last hours of them in a ring of files that the engine can replay. */

import type { Recorder } from "../../trace/index.ts";
import { MemberError } from "../error.ts";
import { Flight } from "./flight.ts";
import { type RecorderOptions, type RecorderStats, type Settings, usual } from "./options.ts";

/** For the option `recorder` of `createMember`, which closes it; `npx swimlab replay FILE` plays what it wrote. */
export type FlightRecorder = Required<Pick<Recorder, "born" | "stepped">> & {
  /** Writes what waits, and closes. Never rejects: failures were reported to `onError`. Idempotent. */
  readonly close: () => Promise<void>;
  /** Resolves when everything recorded so far is written, or lost. */
  readonly flush: () => Promise<void>;
  /** What became of the lines so far. */
  readonly stats: () => RecorderStats;
};

/** Opens the file, and throws a `MemberError` if it cannot be written (`unwritable`) or an option is wrong (`bad-option`). Recording never throws. One recorder is for one member. */
export function flightRecorder(options: RecorderOptions): FlightRecorder {
  for (const name of Object.keys(options ?? {})) if (!Object.hasOwn(optionNames, name)) throw new MemberError("bad-option", `there is no option ${JSON.stringify(name)} of a recorder`);
  if (typeof options?.file !== "string" || options.file === "") throw new MemberError("bad-option", "a recorder needs a file: the path to write to");
  const settings: Settings = { ...usual, ...options };
  const { maxBytes, files, flushEvery, retryEvery } = settings;
  if (!Number.isInteger(files) || files < 2 || files > 100) throw new MemberError("bad-option", `files: ${files} is impossible: it must be a whole number from 2 to 100`);
  if (!(maxBytes >= LEAST)) throw new MemberError("bad-option", `maxBytes: ${maxBytes} is too little: it must be at least ${LEAST}`);
  if (!(flushEvery >= 0)) throw new MemberError("bad-option", `flushEvery: ${flushEvery} is impossible: it must be a number of milliseconds, 0 or more`);
  if (!(retryEvery >= 0)) throw new MemberError("bad-option", `retryEvery: ${retryEvery} is impossible: it must be a number of milliseconds, 0 or more`);
  const flight = new Flight(settings);
  return {
    born: (at, who, state) => flight.guarded(() => flight.born(at, who, state)),
    stepped: (at, who, event, effects, state) => flight.stepped(at, who, event, effects, state),
    flush: () => flight.settled(),
    close: () => flight.close(),
    stats: () => flight.stats(),
  };
}

const optionNames = { file: 1, about: 1, maxBytes: 1, files: 1, flushEvery: 1, retryEvery: 1, onError: 1 } as const satisfies Record<keyof RecorderOptions, 1>;

/** Bytes of a ring that is worth having. */
const LEAST = 65_536;
