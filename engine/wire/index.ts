/** memberlist's wire format, pure: sizes for packing and accounting, bytes for drivers. */

export { formatAddress, parseAddress, type Endpoint } from "./address.ts";
export { crc32 } from "./crc.ts";
export { decodeStream, type DecodedStream } from "./decode-stream.ts";
export { decode, type Decoded } from "./decode.ts";
export { encode } from "./encode.ts";
export { wrap, wrapStream, type Envelope } from "./envelope.ts";
export { measureStream, type Measured, type Progress } from "./measure.ts";
export { addLabel, stripLabel, type Unlabelled } from "./label.ts";
export {
  bareSize, COMPOUND_HEAD, COMPOUND_PART, roomForGossip, sizeOfClaim, sizeOfDatagram, sizeOfMessage, sizeOfUserMessage,
} from "./size.ts";
export { COMPOUND_LIMIT } from "./type-byte.ts";
export { charactersOf, rawOf } from "./utf8.ts";
