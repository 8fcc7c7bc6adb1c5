/** How the command ends when it can't do what it was asked: with a sentence that says why, and an exit code that tells programs. */

/** What the process tells whoever started it, besides the 0, 1 and 2 of a verdict. After BSD's sysexits.h, and 128 + SIGINT. */
export const exits = {
  /** Words on the command line that mean nothing. */
  usage: 64,
  /** A scenario or a trace that is none. */
  badData: 65,
  /** A file that is not there, or can't be read. */
  noInput: 66,
  /** Our own mistake. */
  bug: 70,
  /** The machine has no more memory to give. */
  noMemory: 71,
  /** A file that can't be written. */
  noOutput: 73,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type StopCode = (typeof exits)[keyof typeof exits];

/** Ends the command. The user's mistake or the machine's, never ours: the message is for the user, a sentence, or one a line. */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly code: StopCode;

  constructor(code: StopCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What the system said no to a file with: `ENOENT: no such file or directory, open 'x'` becomes its second part. */
export const whyNot = (fault: unknown): string =>
  fault instanceof Error ? (/^[A-Z0-9_]+: ([^,]+)/.exec(fault.message)?.[1] ?? fault.message) : String(fault);

/** Did the system refuse something, rather than we? */
export const isSystemFault = (fault: unknown): fault is NodeJS.ErrnoException => fault instanceof Error && "syscall" in fault && "code" in fault;
