/** The first byte of everything that memberlist sends says what it is. */

/** memberlist's message types (its `messageType`), by the names that the source of memberlist gives them. */
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
  labelled: 244,
} as const;

/** Where a status stands in memberlist's count (its `NodeStateType`): the field `State` of a push-pull's records. */
export const STATUSES = ["alive", "suspect", "dead", "left"] as const;

/** How many parts a compound can count, with one byte. A message with gossip has one part more than it has claims. */
export const COMPOUND_LIMIT = 255;

/** Why a message of this type is not read. */
export function refusal(type: number): string {
  switch (type) {
    case TYPE.pushPull:
      return "a push-pull, which belongs in a stream";
    case TYPE.user:
      return "a user message, which is not ours to read";
    case TYPE.compressed:
      return "compressed, which we can't read yet";
    case TYPE.encrypted:
      return "encrypted, which is not the engine's to read";
    case TYPE.checked:
      return "a checksum where none belongs, or cut short";
    case TYPE.error:
      return "an error message, which belongs in a stream";
    case TYPE.labelled:
      return "labelled, which we can't read yet";
    default:
      return `a message of type ${type}, which does not belong here`;
  }
}
