/** `createMember`: checks the options, opens what is needed, and starts a member; or leaves nothing open. */

import type { Clock } from "../driver/clock.ts";
import type { DriverParts } from "../driver/driver.ts";
import { machineClock } from "../driver/machine-clock.ts";
import { openDriver } from "../driver/open.ts";
import type { Report } from "../driver/report.ts";
import { MemberError } from "../error.ts";
import { exchanges } from "../exchange/exchanges.ts";
import { resolveAddress } from "../transport/resolve.ts";
import type { Transport } from "../transport/transport.ts";
import { udpTcp } from "../transport/udp-tcp.ts";
import { onAbort } from "./aborts.ts";
import type { SwimMember } from "./member.ts";
import type { MemberOptions } from "./options.ts";
import { asWritten, type Resolve } from "./resolve.ts";
import { RunningMember } from "./running.ts";
import { settingsOf, type Settings } from "./settings.ts";

/**
 * Starts a member, and resolves with it as soon as it runs; it is alone until its seeds let it in. Rejects with a `MemberError` that says what is wrong: for an
 * invalid option before anything is opened, for an error of the machine after everything is closed again.
 */
export async function createMember(options: MemberOptions): Promise<SwimMember> {
  const clock = options?.clock ?? machineClock();
  const settings = settingsOf(options, clock);
  const { signal, recorder, hooks = {} } = options;
  assertNotAborted(signal);
  const transport = transportOf(options);
  let member: RunningMember | undefined;
  const early: Report[] = [];
  const report = (told: Report): void => { if (member === undefined) early.push(told); else member.hear(told); };
  const giveBack = taken(recorder);
  const driver = await openDriver(driverParts(options, settings, clock, transport, report)).catch((fault: unknown) => {
    giveBack();
    throw fault;
  });
  const takeBack = onAbort(signal, () => member?.stopInPassing());
  member = new RunningMember(driver, {
    clock, hooks, keyring: settings.keyring, ruled: settings.ruled, streamRoom: settings.streamRoom, resolve: resolverOf(options), transport,
    close: async () => {
      takeBack();
      await recorder?.close?.();
    },
  });
  for (const told of early) member.hear(told);
  // The signal may have aborted while we opened.
  if (isAborted(signal)) await member.stop();
  assertNotAborted(signal);
  const { seeds = [] } = options;
  if (typeof seeds === "function" || seeds.length > 0) member.joinInPassing(seeds);
  return member;
}

function driverParts({ hooks = {}, allow, recorder, streams: limits = {} }: MemberOptions, { birth, codec, serf, streamRoom }: Settings, clock: Clock, transport: Transport, report: DriverParts["report"]): DriverParts {
  const { admit, admitMerge, settleConflict, ackPayload, localState } = hooks;
  return {
    clock, transport, codec, birth, serf, report,
    exchanges: (counting, hear) => exchanges({ transport, codec: counting, hear, clock, limits }),
    guests: { ...(allow !== undefined && { allow }), ...(admit !== undefined && { admit }), ...(admitMerge !== undefined && { admitMerge }) },
    attaching: { ...(ackPayload !== undefined && { ackPayload }), ...(localState !== undefined && { localState, stateLimit: streamRoom }) },
    ...(settleConflict !== undefined && { settleConflict }),
    ...(recorder !== undefined && { recorder }),
  };
}

/** Recorders that were given to members, which close them. */
const recorders = new WeakSet<object>();

/** Assigns a recorder to one member, which closes it when it stops. Returns a function that undoes this, for a member that could not be started. Throws if it was assigned before. */
function taken(recorder: MemberOptions["recorder"]): () => void {
  if (recorder?.close === undefined) return () => {};
  if (recorders.has(recorder)) throw new MemberError("bad-option", "this recorder was given to a member before, which closes it when it stops: make one for each");
  recorders.add(recorder);
  return () => void recorders.delete(recorder);
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (isAborted(signal)) throw new MemberError("aborted", "the signal was aborted before the member ran", signal?.reason);
}

const transportOf = ({ transport, bind, advertise }: MemberOptions): Transport =>
  transport ?? udpTcp({ ...(bind !== undefined && { bind }), ...(advertise !== undefined && { advertise }) });

/** Host names are looked up for sockets, and by transports that can; for others addresses are as they are written. */
const resolverOf = ({ transport }: MemberOptions): Resolve => (transport === undefined ? (text) => resolveAddress(text) : transport.resolve ?? asWritten);
