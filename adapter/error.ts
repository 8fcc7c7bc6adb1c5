/** The errors of a member: each with a code, and one clear sentence. */

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
  /** No host has that name. */
  | "no-such-host"
  /** The operating system refused something, for example because too many files are open. `cause` is its own error. */
  | "system"
  /** No seed answered. */
  | "join-failed"
  /** Probes failed one after another, and nobody's datagrams come in: we are cut off, advertise an address at which nobody reaches us, or UDP is blocked. */
  | "cut-off"
  /** There is no member of that name, or it is not alive. */
  | "no-such-member"
  /** The member has stopped or left, or the group holds it dead where that is final. */
  | "stopped"
  /** More than fits: a meta, a message, a broadcast. */
  | "too-long"
  /** The operation's deadline passed. */
  | "timed-out"
  /** A loop over events is too slow: some were dropped. */
  | "overflow"
  /** The caller's signal; `cause` is its reason. */
  | "aborted";

/** What a member throws, rejects with, or reports as an `error` event. `message` is one sentence for people; `cause` is the underlying error, if there is one. */
export class MemberError extends Error {
  override readonly name = "MemberError";
  /** For programs; messages may change. docs/member.md lists where each code comes from, and what to do. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
