/** Reads queries, their filters, and the answers to them. */

import type { MemberId } from "../words/units.ts";
import { bytes as opaque, memberId, micros } from "../words/units.ts";
import { formatAddress } from "../wire/address.ts";
import type { Reader } from "../wire/reader.ts";
import { giveUp, readerOf, skip, takeByte, takeBytes, takeKey, takeMap, takeRaw, takeText, takeUint } from "../wire/reader.ts";
import { BEFORE_ALL } from "./lamport.ts";
import type { Query, QueryAnswer, QueryFilter } from "./message.ts";
import { takeLamportTime, takeList } from "./msgpack.ts";
import { FILTER_TYPE, QUERY_FLAG } from "./type-byte.ts";

const U8 = 255;
const U16 = 65_535;
const U32 = 4_294_967_295;
/** In nanoseconds, which Go counts in 64 bits: 2⁵³ of them are 104 days, and no query waits longer. */
const LONGEST_WAIT = 9_007_199_254_740_991;
const NONE: Uint8Array = new Uint8Array();

/** Reads a query. It must have an address for the answers. */
export function readQuery(reader: Reader): Query {
  let ltime = BEFORE_ALL;
  let [id, port, flags, relays, nanoseconds] = [0, 0, 0, 0, 0];
  let [name, source, payload, host] = ["", "", opaque(""), NONE];
  let filters: readonly QueryFilter[] = [];
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "LTime": ltime = takeLamportTime(reader); break;
      case "ID": id = takeUint(reader, U32); break;
      case "Addr": host = takeRaw(reader); break;
      case "Port": port = takeUint(reader, U16); break;
      case "SourceNode": source = takeText(reader); break;
      case "Filters": filters = readFilters(reader); break;
      case "Flags": flags = takeUint(reader, U32); break;
      case "RelayFactor": relays = takeUint(reader, U8); break;
      case "Timeout": nanoseconds = takeUint(reader, LONGEST_WAIT); break;
      case "Name": name = takeText(reader); break;
      case "Payload": payload = takeBytes(reader); break;
      default: skip(reader);
    }
  }
  if (host.length !== 4 && host.length !== 16) giveUp(reader, `an address of ${host.length} bytes`);
  return {
    kind: "query", ltime, id, name, payload, filters, relays, source: memberId(source), sourceAddress: formatAddress(host, port),
    wantsAck: (flags & QUERY_FLAG.ack) !== 0, tellOn: (flags & QUERY_FLAG.noBroadcast) === 0, answerWithin: micros(nanoseconds / 1_000),
  };
}

/** Reads an answer to a query of ours. */
export function readAnswer(reader: Reader): QueryAnswer {
  let ltime = BEFORE_ALL;
  let [id, flags, from, payload] = [0, 0, "", opaque("")];
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "LTime": ltime = takeLamportTime(reader); break;
      case "ID": id = takeUint(reader, U32); break;
      case "From": from = takeText(reader); break;
      case "Flags": flags = takeUint(reader, U32); break;
      case "Payload": payload = takeBytes(reader); break;
      default: skip(reader);
    }
  }
  return { kind: "answer", ltime, id, from: memberId(from), isAck: (flags & QUERY_FLAG.ack) !== 0, payload };
}

/** Each filter is a separate byte string; a malformed one becomes a filter of unknown kind. */
function readFilters(reader: Reader): readonly QueryFilter[] {
  const filters: QueryFilter[] = [];
  for (let left = takeList(reader); left > 0 && reader.why === null; left--) filters.push(readFilter(readerOf(takeRaw(reader))));
  return filters;
}

function readFilter(reader: Reader): QueryFilter {
  const type = takeByte(reader);
  const filter = type === FILTER_TYPE.names ? readNames(reader) : type === FILTER_TYPE.tag ? readTag(reader) : undefined;
  return filter === undefined || reader.why !== null ? { kind: "unknown" } : filter;
}

function readNames(reader: Reader): QueryFilter {
  const names: MemberId[] = [];
  for (let left = takeList(reader); left > 0; left--) names.push(memberId(takeText(reader)));
  return { kind: "names", names };
}

function readTag(reader: Reader): QueryFilter {
  let [tag, expression] = ["", ""];
  for (let left = takeMap(reader); left > 0; left--) {
    switch (takeKey(reader)) {
      case "Tag": tag = takeText(reader); break;
      case "Expr": expression = takeText(reader); break;
      default: skip(reader);
    }
  }
  return { kind: "tag", tag, expression };
}
