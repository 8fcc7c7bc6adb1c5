/** The door of the adapter: a real member. */

export { MemberError, type ErrorCode } from "./error.ts";
export type * from "./transport/transport.ts";
export type * from "./codec/codec.ts";
export { keyringOf, type Keyring } from "./codec/keyring.ts";
export { memberlistCodec } from "./codec/memberlist.ts";
export type { MemberlistCodecOptions } from "./codec/dialect.ts";
export type * from "./driver/clock.ts";
export type * from "./exchange/exchange.ts";
export type * from "./member/member.ts";
export type * from "./member/options.ts";
