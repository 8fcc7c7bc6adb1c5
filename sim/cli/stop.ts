/** How the command ends if it can't do what was asked: with a sentence that says why, and an exit code for programs. */

/** The exit codes besides the 0, 1 and 2 of a verdict. From BSD's sysexits.h, and 128 + SIGINT. */
export const exits = {
  /** Invalid command line. */
  usage: 64,
  /** An invalid scenario or trace. */
  badData: 65,
  /** A file that does not exist, or can't be read. */
  noInput: 66,
  /** Our own mistake. */
  bug: 70,
  /** Out of memory. */
  noMemory: 71,
  /** A file that can't be written. */
  noOutput: 73,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type StopCode = (typeof exits)[keyof typeof exits];

/** Ends the command. A mistake of the user or a failure of the machine, never our bug: the message is for the user, one sentence, or several, one a line. */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly code: StopCode;

  constructor(code: StopCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The system's reason: from `ENOENT: no such file or directory, open 'x'`, the second part. */
export const whyNot = (fault: unknown): string =>
  fault instanceof Error ? (/^[A-Z0-9_]+: ([^,]+)/.exec(fault.message)?.[1] ?? fault.message) : String(fault);

/** Did the system refuse something, rather than our own code? */
export const isSystemFault = (fault: unknown): fault is NodeJS.ErrnoException => fault instanceof Error && "syscall" in fault && "code" in fault;
