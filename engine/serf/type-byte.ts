/** The first byte of each of Serf's payloads, which says what kind it is. */

/** Serf's message types, by their names in Serf's source. */
export const SERF_TYPE = {
  leave: 0,
  join: 1,
  pushPull: 2,
  userEvent: 3,
  query: 4,
  queryResponse: 5,
  conflictResponse: 6,
  keyRequest: 7,
  keyResponse: 8,
  relay: 9,
} as const;

/** Why a payload of this type is not read. */
export function refusalOf(type: number): string {
  switch (type) {
    case SERF_TYPE.pushPull:
      return "a state, which belongs in an exchange of views";
    case SERF_TYPE.conflictResponse:
    case SERF_TYPE.keyRequest:
    case SERF_TYPE.keyResponse:
      return "what belongs inside a query or its answer";
    case SERF_TYPE.relay:
      return "an answer to be passed on, which we don't do";
    default:
      return `a payload of type ${type}, which Serf does not have`;
  }
}

/** The flags of a query. */
export const QUERY_FLAG = { ack: 1, noBroadcast: 2 } as const;

/** The first byte of each of a query's filters. */
export const FILTER_TYPE = { names: 0, tag: 1 } as const;
