/** Values to bytes and back: MessagePack, by msgpackr, with records (field names once) and references (shared objects once). */

import { Packr } from "msgpackr/pack";
import { Unpackr } from "msgpackr/unpack";

/** The bytes of a plain value. Every call starts a new table. The bytes are in a buffer of msgpackr's: copy them at once. */
export const pack = (value: unknown): Uint8Array => new Packr({ structuredClone: true }).pack(value);

/** A value, or why the bytes cannot be unpacked. */
export type Unpacked = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

/** The value of these bytes. An error in them is the writer's fault, and is returned, not thrown. */
export function unpack(bytes: Uint8Array): Unpacked {
  try {
    const value: unknown = new Unpackr({ structuredClone: true }).unpack(bytes);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
