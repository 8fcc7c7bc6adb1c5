/** The public interface of Serf's layer. */

export { ACK_PAYLOAD_LENGTH, decodeAckPayload, encodeAckPayload } from "./ack-payload.ts";
export { answerLength } from "./answer.ts";
export { queryOf, type AskedQuery } from "./asking.ts";
export { QUERY_LIMIT, serfDefaults, USER_EVENT_LIMIT, type SerfConfig } from "./config.ts";
export { roundTripBetween, type Coordinate } from "./coordinate.ts";
export { decodeSerf, type DecodedSerf } from "./decode.ts";
export { encodeSerf, encodeUserState } from "./encode.ts";
export type { SerfInput } from "./input.ts";
export { encodeKeyReport, keyTaskIn, type KeyReport, type KeyTask } from "./keys.ts";
export type { Clocks } from "./lamport.ts";
export type { Located, Locating } from "./locating.ts";
export type { EventText, Intent, JoinIntent, LeaveIntent, Query, QueryAnswer, QueryFilter, SerfMessage, Slot, UserEvent, UserState } from "./message.ts";
export type { SerfNews, SerfOutput } from "./output.ts";
export {
  nextSerfWake, serfMembers, startSerf, userStateOf, type Question, type SerfBirth, type SerfMember, type SerfOddities, type SerfPhase, type SerfState, type SerfStep,
} from "./state.ts";
export type { SerfStatus } from "./status.ts";
export { serfStep } from "./step.ts";
export { metaOf, tagsOf, type Tags } from "./tags.ts";
export { decodeUserState, type DecodedUserState } from "./user-state.ts";
