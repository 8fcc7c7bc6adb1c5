/** The door of the adapter: a real member. */

export { MemberError, type ErrorCode } from "./error.ts";
export type * from "./transport/transport.ts";
export type * from "./codec/codec.ts";
export type * from "./driver/clock.ts";
export type * from "./exchange/exchange.ts";
export { flightRecorder, type FlightRecorder } from "./recorder/flight-recorder.ts";
export type { RecorderOptions, RecorderStats } from "./recorder/options.ts";
export type * from "./member/member.ts";
export type * from "./member/options.ts";
