/** What the members of a group must agree on: keys, a label, compression and checksums. */

import { charactersOf, type Bytes } from "../../engine/index.ts";
import { MemberError } from "../error.ts";
import type { CipherVersion } from "./cipher.ts";
import type { Key, Keyring } from "./keyring.ts";

/** The settings that all members of a group must share to understand one another. */
export type MemberlistCodecOptions = {
  /** The group's keys. Without keys: plain text. */
  readonly keyring?: Keyring;
  /** Are plain packets refused when there are keys (memberlist's `GossipVerifyIncoming`)? Default true; false while encryption is rolled out. */
  readonly verifyIncoming?: boolean;
  /** Do we encrypt when there are keys (`GossipVerifyOutgoing`)? Default true; false until every member has the keys. */
  readonly verifyOutgoing?: boolean;
  /** The group's label, at most 255 bytes: messages with another label are dropped. Default: none. */
  readonly label?: string;
  /** Compress datagrams that get shorter by it, and streams (memberlist's `EnableCompression`)? Default true, as there. */
  readonly compress?: boolean;
  /** Add a checksum for members that understand one? Default true, as in memberlist. */
  readonly crc?: boolean;
  /** 0 for a group with memberlist's first protocol version. Default 1. */
  readonly cipherVersion?: CipherVersion;
  /** The most bytes of one message on a stream, before and after decryption and decompression. Default 20 MiB, memberlist's. */
  readonly longest?: number;
};

/** The options with all defaults. */
export type Dialect = {
  readonly keys: () => readonly Key[];
  readonly verifyIncoming: boolean;
  readonly verifyOutgoing: boolean;
  readonly label: Bytes;
  /** The same as raw bytes: authenticated with everything that is encrypted. */
  readonly rawLabel: Uint8Array;
  readonly compress: boolean;
  readonly crc: boolean;
  readonly cipherVersion: CipherVersion;
  readonly longest: number;
};

/** The length of a label is one byte. */
const LONGEST_LABEL = 255;
const LONGEST = 20 * 2 ** 20;
const noKeys: readonly Key[] = [];

export function dialectOf(options: MemberlistCodecOptions): Dialect {
  const { keyring, verifyIncoming = true, verifyOutgoing = true, label = "", compress = true, crc = true, cipherVersion = 1, longest = LONGEST } = options;
  const rawLabel = Buffer.from(label);
  if (rawLabel.length > LONGEST_LABEL) throw new MemberError("bad-option", `the label has ${rawLabel.length} bytes: at most ${LONGEST_LABEL} are allowed`);
  const keys = keyring === undefined ? () => noKeys : keyring.keys;
  return { keys, verifyIncoming, verifyOutgoing, label: charactersOf(rawLabel), rawLabel, compress, crc, cipherVersion, longest };
}

/** The bytes that the label adds: a type, its length, and itself. */
export const sizeOfLabel = ({ rawLabel }: Dialect): number => (rawLabel.length === 0 ? 0 : 2 + rawLabel.length);

/** The key with which we encrypt, if we do. */
export const sealingKey = ({ keys, verifyOutgoing }: Dialect): Key | undefined => (verifyOutgoing ? keys()[0] : undefined);

/** The reason why a packet with this label is not for us. The stranger's label is shortened, and its control characters are replaced. */
export const mislabelled = (label: Bytes, ours: Bytes): string =>
  `${label === "" ? "no label" : `the label ${glimpse(label)}`}, where ours is ${ours === "" ? "none" : glimpse(ours)}`;

const GLIMPSE = 40;

function glimpse(text: Bytes): string {
  const readable = text.replaceAll(/[^\u0020-\u007e]/g, "?");
  return JSON.stringify(readable.length > GLIMPSE ? `${readable.slice(0, GLIMPSE)}…` : readable);
}
