/** Errors for the users of a member: each has a code, and one clear sentence. */

/** What went wrong, for programs. */
export type ErrorCode =
  /** Another process listens there. */
  | "port-in-use"
  /** No interface of this machine has that address. */
  | "address-not-ours"
  /** An option is invalid: a name, a key's length, a label, a meta that is too long, a setting out of range, a privileged port. */
  | "bad-option"
  /** A file named by an option cannot be written. `cause` is the operating system's error. */
  | "unwritable"
  /** A host name cannot be resolved. */
  | "no-such-host"
  /** The operating system refused an operation, for example because too many files are open. `cause` is its error. */
  | "system"
  /** No seed answered. */
  | "join-failed"
  /** Several probes in a row failed, and no datagrams come in: we are cut off, advertise an address at which peers cannot reach us, or UDP is blocked. */
  | "cut-off"
  /** No member of that name, or it is not alive. */
  | "no-such-member"
  /** The member was stopped, has left, or is held dead by the group where that is final: it can do nothing any more. */
  | "stopped"
  /** A meta, a message or a broadcast is longer than allowed. */
  | "too-long"
  /** The operation's deadline passed. */
  | "timed-out"
  /** A loop over events read them more slowly than they came: some were dropped. */
  | "overflow"
  /** The caller's signal aborted the operation; `cause` is its reason. */
  | "aborted";

/** What a member throws, rejects with, or reports by its event `error`, if the user can do something about it. Its message is one sentence, to be shown; `cause` is the underlying error, if there is one. */
export class MemberError extends Error {
  override readonly name = "MemberError";
  /** For decisions in programs (messages may change). docs/member.md says where each code occurs, and what to do. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
