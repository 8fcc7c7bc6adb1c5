/** The first byte of every memberlist message, which says what kind it is. */

/**
 * memberlist's message types (its `messageType`), by their names in memberlist's source; and two of our own, which memberlist does not know:
 * they are used only if configured (`config.syncWith`), and only on streams.
 */
export const TYPE = {
  ping: 0,
  indirectPing: 1,
  ack: 2,
  suspect: 3,
  alive: 4,
  dead: 5,
  pushPull: 6,
  compound: 7,
  user: 8,
  compressed: 9,
  encrypted: 10,
  nack: 11,
  checked: 12,
  error: 13,
  /** Ours: digests of parts of a view. */
  compare: 200,
  /** Ours: the records in parts of a view. */
  patch: 201,
  labelled: 244,
} as const;

/** The statuses in the order of memberlist's numbers (its `NodeStateType`): the field `State` of a push-pull's records. */
export const STATUSES = ["alive", "suspect", "dead", "left"] as const;

/** The most parts of a compound, which counts them in one byte: a question or an answer, claims, and user messages. */
export const COMPOUND_LIMIT = 255;

/** The bytes before a checked datagram: the type byte, and the checksum. */
export const CHECKED_HEAD = 5;

/** Why a message of this type is not read. */
export function refusal(type: number): string {
  switch (type) {
    case TYPE.pushPull:
      return "a push-pull, which belongs in a stream";
    case TYPE.compare:
      return "a compare, which belongs in a stream";
    case TYPE.patch:
      return "a patch, which belongs in a stream";
    case TYPE.compressed:
      return "compressed within what is compressed";
    case TYPE.encrypted:
      return "encrypted, which is not the engine's to read";
    case TYPE.checked:
      return "a checksum where none belongs, or cut short";
    case TYPE.error:
      return "an error message, which belongs in a stream";
    case TYPE.labelled:
      return "labelled, which whoever knows our label takes off before";
    default:
      return `a message of type ${type}, which does not belong here`;
  }
}
