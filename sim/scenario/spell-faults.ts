/** Faults of members and their machines, converted back to what could have been written. */

import type { Action, ClockChange, Return, Room, Ticking } from "./model.ts";
import { all, latencyOf, length } from "./spell-words.ts";
import type { Written, WrittenValue } from "./write.ts";

/** The kinds of actions that this file converts. */
export type MemberFault = Extract<Action, { kind: "slow" | "clock" | "churn" | "replace" }>;

export function memberFaultOf(action: MemberFault, at: number): Written | undefined {
  switch (action.kind) {
    case "slow":    return all([action.members], ([members]) => ({ slow: { members: members!, takes: latencyOf(action.takes), alarms: action.alarms } }));
    case "clock":   return all([action.members], ([members]) => ({ clock: { members: members!, ...clockOf(action) } }));
    case "replace": return all([action.members, action.by], ([members, by]) => ({ replace: { members: members!, by: by! } }));
    case "churn":   return all([action.members], ([members]) => ({
      churn: { members: members!, by: action.by, ...modelOf(action) }, for: length(action.until - at), ...(action.by === "join" ? {} : returnOf(action.back)),
    }));
  }
}

function modelOf({ model }: Extract<Action, { kind: "churn" }>): Written {
  if (model.kind === "sessions") return { up: latencyOf(model.up), down: latencyOf(model.down) };
  return { rate: `${model.perHour}/h`, per: model.per, ...(model.down === null ? {} : { down: latencyOf(model.down) }) };
}

export const returnOf = ({ incarnation, address, view }: Return): Written => ({ incarnation, address, ...(view === undefined ? {} : { view }) });

function clockOf({ rate, step, wall }: ClockChange): Written {
  return {
    ...(rate === null ? {} : { rate: rate === "usual" ? "usual" : driftOf(rate) }),
    ...(step === 0 ? {} : { step: length(step) }),
    ...(wall === 0 ? {} : { wall: `${wall < 0 ? "-" : ""}${length(Math.abs(wall))}` }),
  };
}

const driftOf = ([least, most]: Ticking["rate"]): WrittenValue => (least === most ? `${least}ppm` : [`${least}ppm`, `${most}ppm`]);

/** A member's clock, if it is not true. */
export const tickingOf = (clock: Ticking | undefined): Written => (clock === undefined ? {} : { clock: { rate: driftOf(clock.rate), offset: clock.offset.map(length) } });

export const roomOf = (buffer: Room | undefined): Written => (buffer === undefined ? {} : {
  receiveBuffer: { ...(buffer.packets === Infinity ? {} : { packets: buffer.packets }), ...(buffer.bytes === Infinity ? {} : { bytes: buffer.bytes }) },
});
