/** What users of a member get wrong, or may meet: an error with a code, and one clear sentence. */

/** What went wrong, for programs. */
export type ErrorCode =
  /** Another process listens there. */
  | "port-in-use"
  /** No interface of this machine has that address. */
  | "address-not-ours"
  /** An option is not what it should be: a name, a key's length, a label, a meta too long, a setting out of range; a port for the privileged. */
  | "bad-option"
  /** A file that an option names can't be written. `cause` is the operating system's own error. */
  | "unwritable"
  /** The name of a host leads nowhere. */
  | "no-such-host"
  /** The operating system refused what should have worked: too many files open, say. `cause` is its own error. */
  | "system"
  /** No seed answered. */
  | "join-failed"
  /** Probes failed one after another, and nobody's datagrams come in: we are cut off, advertise an address at which nobody reaches us, or UDP is blocked. */
  | "cut-off"
  /** No member of that name, or it is not alive. */
  | "no-such-member"
  /** Stopped, or left: nothing can be asked of it any more. Or the group holds us dead where that is final. */
  | "stopped"
  /** More than fits: a meta, a message, a broadcast. */
  | "too-long"
  /** The operation's deadline passed. */
  | "timed-out"
  /** A loop over events reads slower than they come: some were dropped. */
  | "overflow"
  /** The caller's signal; `cause` is its reason. */
  | "aborted";

/** What a member throws, rejects with, or tells by its event `error`, where it is the user's to mend. Its message is one sentence, to be shown; `cause` is what it came of, if anything. */
export class MemberError extends Error {
  override readonly name = "MemberError";
  /** What to decide by: sentences may change. docs/member.md has who says which, and what to do. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
