/**
 * Validates unpacked data before its type is trusted. Lines are checked field by field, states only
 * superficially: checksums guard against accidents, not against forgery.
 */

import { address, type Event, type MemberId, memberId, ORIGIN, presets, start, type State } from "../engine/index.ts";
import { isAmong, isFlag, isInstant, isList, isMemberId, isNumber, isObject, isText, isWhole } from "./kind.ts";
import { isAnswer, isClaim, isDatagram, isMember, isRequest, isView } from "./message-shape.ts";
import type { Body, Header, Held, Index, Line, Rift, Place, StoredLine } from "./schema.ts";

export const isHeader = (value: unknown): value is Header => isObject(value) && isWhole(value.v) && value.v > 0 && isObject(value.about) && (value.first === undefined || isWhole(value.first));

export const isIndex = (value: unknown): value is Index => isObject(value) && isWhole(value.lines) && isList(value.chunks, isPlace);

export const isBody = (value: unknown): value is Body =>
  isObject(value) && isNumber(value.check) && isList(value.states, isHeld) && isList(value.names, isText) && isList(value.claims, isClaim) &&
  isList(value.payloads, isText) && isList(value.lines, isStoredLine);

const isPlace = (value: unknown): value is Place =>
  isObject(value) && isWhole(value.first) && isWhole(value.count) && isInstant(value.at) && isInstant(value.until) && isWhole(value.offset);

export const isHeld = (value: unknown): value is Held => Array.isArray(value) && value.length === 2 && isMemberId(value[0]) && isState(value[1]);

const isStoredLine = (value: unknown): value is StoredLine => Array.isArray(value) && isWhole(value[0]) && Number.isSafeInteger(value[1]);

export function isLine(value: unknown): value is Line {
  if (!isObject(value) || !isInstant(value.at)) return false;
  switch (value.kind) {
    case "born":      return isMemberId(value.who) && isState(value.state);
    case "stepped":   return isMemberId(value.who) && isEvent(value.event) && isNumber(value.check);
    case "disrupted": return isText(value.action) && isList(value.members, isMemberId) && (value.rift === undefined || isRift(value.rift));
    default:          return false;
  }
}

function isRift(value: unknown): value is Rift {
  if (!isObject(value)) return false;
  if (value.kind === "ended") return isList(value.faults, isWhole);
  return value.kind === "began" && isWhole(value.fault) && isList(value.sides, isSide) && isFlag(value.bothWays);
}

const isSide = (value: unknown): value is readonly MemberId[] => isList(value, isMemberId);

function isEvent(value: unknown): value is Event {
  if (!isObject(value) || !isInstant(value.now)) return false;
  switch (value.kind) {
    case "received":           return isText(value.from) && isDatagram(value.message);
    case "exchange-opened":    return isText(value.from) && isNumber(value.exchange) && isRequest(value.message);
    case "exchange-answered":  return isText(value.from) && isAnswer(value.message);
    case "woke":
    case "woke-mute":
    case "asked-to-leave":     return true;
    case "undeliverable":      return isText(value.to);
    case "asked-to-join":      return isList(value.seeds, isText);
    case "asked-to-update":    return isText(value.meta);
    case "asked-to-send":      return isText(value.to) && isText(value.payload) && isAmong(value.over, "datagram", "stream");
    case "asked-to-broadcast": return isText(value.payload) && isText(value.key) && isAmong(value.priority, "urgent", "normal", "bulk");
    case "asked-to-ping":      return isText(value.to) && isText(value.target);
    case "asked-to-attach":    return isText(value.toAcks) && isText(value.toViews);
    default:                   return false;
  }
}

/** The slices of a new state, as a pattern for all states: an empty agenda is null, and an object later. */
const newborn: readonly (readonly [slice: string, part: unknown])[] = Object.entries(
  start({ config: presets.swimlab, id: memberId("a"), address: address("10.0.0.1:7946"), now: ORIGIN, seed: 1 }));

const isState = (value: unknown): value is State =>
  isObject(value) && isMember(value.self) && isView(value.view) && newborn.every(([slice, part]) => isLike(value[slice], part));

function isLike(value: unknown, part: unknown): boolean {
  if (part === null) return value === null || isObject(value);
  return typeof part === "object" ? isObject(value) : typeof value === typeof part;
}
