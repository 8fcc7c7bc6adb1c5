/** `createMember`: checks the options, opens what is needed, and starts a member; or leaves nothing open. */

import type { Clock } from "../driver/clock.ts";
import { openDriver, type DriverParts } from "../driver/driver.ts";
import { machineClock } from "../driver/machine-clock.ts";
import type { Report } from "../driver/report.ts";
import { MemberError } from "../error.ts";
import type { Transport } from "../transport/transport.ts";
import { exchangesOver } from "./exchanges-interim.ts";
import type { SwimMember } from "./member.ts";
import type { MemberOptions } from "./options.ts";
import { asWritten } from "./resolve.ts";
import { RunningMember } from "./running.ts";
import { settingsOf, type Settings } from "./settings.ts";

/**
 * Starts a member, and resolves with it as soon as it runs: alone, until its seeds let it in. Rejects with a `MemberError` that says what is wrong, before
 * anything is opened if it is an option, and with everything closed again if it is the machine.
 */
export async function createMember(options: MemberOptions): Promise<SwimMember> {
  const { signal, recorder, hooks = {}, clock = machineClock() } = options;
  assertNotAborted(signal);
  const settings = settingsOf(options, clock);
  const transport = transportOf(options);
  let member: RunningMember | undefined;
  const early: Report[] = [];
  const report = (told: Report): void => { if (member === undefined) early.push(told); else member.hear(told); };
  const driver = await openDriver(driverParts(options, settings, clock, transport, report));
  const abort = (): void => { void member?.stop(); };
  member = new RunningMember(driver, {
    clock, hooks, keyring: settings.keyring, resolve: resolverOf(options), lost: () => transport.counts?.() ?? {},
    close: async () => {
      signal?.removeEventListener("abort", abort);
      await recorder?.close?.();
    },
  });
  for (const told of early) member.hear(told);
  signal?.addEventListener("abort", abort, { once: true });
  // It may have been aborted while we opened.
  if (isAborted(signal)) await member.stop();
  assertNotAborted(signal);
  if (options.seeds !== undefined && options.seeds.length > 0) member.joinInPassing(options.seeds);
  return member;
}

function driverParts({ hooks = {}, allow, recorder }: MemberOptions, { birth, codec, serf }: Settings, clock: Clock, transport: Transport, report: DriverParts["report"]): DriverParts {
  const { admit, admitMerge, settleConflict, ackPayload, localState } = hooks;
  return {
    clock, transport, codec, birth, serf, report,
    exchanges: (counting, hear) => exchangesOver(transport, counting, hear),
    guests: { ...(allow !== undefined && { allow }), ...(admit !== undefined && { admit }), ...(admitMerge !== undefined && { admitMerge }) },
    attaching: { ...(ackPayload !== undefined && { ackPayload }), ...(localState !== undefined && { localState }) },
    ...(settleConflict !== undefined && { settleConflict }),
    ...(recorder !== undefined && { recorder }),
  };
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (isAborted(signal)) throw new MemberError("aborted", "the signal was aborted before the member ran", signal?.reason);
}

function transportOf({ transport }: MemberOptions): Transport {
  if (transport === undefined) throw new MemberError("bad-option", "no transport");
  return transport;
}

const resolverOf = (_options: MemberOptions): typeof asWritten => asWritten;
