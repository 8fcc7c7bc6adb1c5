/** The adapter's public interface: a real member. */

export { createMember } from "./member/create.ts";
export { MemberError, type ErrorCode } from "./error.ts";
export { memoryNetwork, type MemoryHost, type MemoryNetwork, type MemoryNetworkOptions, type MemoryWeather } from "./transport/memory.ts";
export type * from "./transport/transport.ts";
export { faultsFrom, type Carrier, type Fault, type Faults, type Way } from "./transport/faults.ts";
export { faulty } from "./transport/faulty.ts";
export { resolveAddress, type Resolving } from "./transport/resolve.ts";
export { overStreams, type OverStreamsOptions, type StreamTransport } from "./transport/over-streams.ts";
export type { PlaceOptions } from "./transport/place.ts";
export type { TlsOptions } from "./transport/sockets.ts";
export { tcp, type TcpOptions } from "./transport/tcp.ts";
export { udpTcp, type UdpTcpOptions } from "./transport/udp-tcp.ts";
export type * from "./codec/codec.ts";
export { keyringOf, type Keyring } from "./codec/keyring.ts";
export { memberlistCodec } from "./codec/memberlist.ts";
export type { MemberlistCodecOptions } from "./codec/dialect.ts";
export type * from "./driver/clock.ts";
export { machineClock } from "./driver/machine-clock.ts";
export { virtualClock, type VirtualClock } from "./driver/virtual-clock.ts";
export type * from "./exchange/exchange.ts";
export { exchanges, usualLimits, type ExchangeParts } from "./exchange/exchanges.ts";
export { flightRecorder, type FlightRecorder } from "./recorder/flight-recorder.ts";
export type { RecorderOptions, RecorderStats } from "./recorder/options.ts";
export type * from "./member/member.ts";
export type * from "./member/options.ts";
