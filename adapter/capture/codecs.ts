/** Codecs for a capture: one for each label that turns up, because a label is part of what is encrypted. */

import { charactersOf, stripLabel } from "../../engine/index.ts";
import type { Codec } from "../codec/codec.ts";
import { keyringOf } from "../codec/keyring.ts";
import { memberlistCodec } from "../codec/memberlist.ts";

export type Secrets = {
  /** AES keys, bytes or base64 text: all are tried. */
  readonly keys: readonly (string | Uint8Array)[];
  /** Only what bears this label is read; undefined: whatever label something bears. */
  readonly label: string | undefined;
};

/** The codec for a datagram, or for a stream by its caller's first bytes; undefined if a label is not all there yet. */
export type Codecs = (first: Uint8Array) => Codec | undefined;

/** So many groups share a wire at most: beyond it, somebody is inventing labels. */
const MOST = 64;

/** Throws a `MemberError` if a key is none. */
export function codecsWith({ keys, label }: Secrets): Codecs {
  const keyring = keyringOf(keys);
  const codecOf = (name: string): Codec => memberlistCodec({ keyring, label: name, verifyIncoming: false });
  const usual = codecOf(label ?? "");
  const byLabel = new Map([["", usual]]);
  return (first) => {
    if (label !== undefined) return usual;
    const unlabelled = stripLabel(first);
    if (!unlabelled.ok) return unlabelled.cutShort ? undefined : usual;
    // The bytes of a label are its UTF-8, as whoever chose it typed it.
    const name = Buffer.from(unlabelled.label, "latin1").toString("utf8");
    const isText = charactersOf(Buffer.from(name)) === unlabelled.label;
    const known = byLabel.get(name);
    if (known !== undefined || !isText || byLabel.size > MOST) return known ?? usual;
    const codec = codecOf(name);
    byLabel.set(name, codec);
    return codec;
  };
}
