/**
 * Is it what it should be? What was unpacked, looked at before anybody believes its type. Lines are looked at field by field, states from
 * outside only: checksums guard against accidents, not against forgers.
 */

import type { Claim, Datagram, Event, Instant, Member, MemberId, PushPull, State, View } from "../engine/index.ts";
import type { Body, Header, Held, Index, Line, Place, StoredLine } from "./schema.ts";

type Fields = Readonly<Record<string, unknown>>;

export const isHeader = (value: unknown): value is Header => isObject(value) && isWhole(value.v) && value.v > 0 && isObject(value.about);

export const isIndex = (value: unknown): value is Index => isObject(value) && isWhole(value.lines) && isList(value.chunks, isPlace);

export const isBody = (value: unknown): value is Body =>
  isObject(value) && isNumber(value.check) && isList(value.states, isHeld) && isList(value.names, isText) && isList(value.claims, isClaim) &&
  isList(value.lines, isStoredLine);

const isPlace = (value: unknown): value is Place =>
  isObject(value) && isWhole(value.first) && isWhole(value.count) && isInstant(value.at) && isInstant(value.until) && isWhole(value.offset);

const isHeld = (value: unknown): value is Held => Array.isArray(value) && value.length === 2 && isMemberId(value[0]) && isState(value[1]);

const isStoredLine = (value: unknown): value is StoredLine => Array.isArray(value) && isWhole(value[0]) && Number.isSafeInteger(value[1]);

export function isLine(value: unknown): value is Line {
  if (!isObject(value) || !isInstant(value.at)) return false;
  switch (value.kind) {
    case "born":      return isMemberId(value.who) && isState(value.state);
    case "stepped":   return isMemberId(value.who) && isEvent(value.event) && isNumber(value.check);
    case "disrupted": return isText(value.action) && isList(value.members, isMemberId);
    default:          return false;
  }
}

function isEvent(value: unknown): value is Event {
  if (!isObject(value) || !isInstant(value.now)) return false;
  switch (value.kind) {
    case "received":          return isText(value.from) && isDatagram(value.message);
    case "exchange-opened":   return isText(value.from) && isNumber(value.exchange) && isPushPull(value.message);
    case "exchange-answered": return isText(value.from) && isPushPull(value.message);
    case "woke":              return true;
    case "asked-to-join":     return isList(value.seeds, isText);
    case "asked-to-leave":    return true;
    case "asked-to-update":   return isText(value.meta);
    default:                  return false;
  }
}

function isDatagram(value: unknown): value is Datagram {
  if (!isObject(value) || !isList(value.gossip, isClaim)) return false;
  switch (value.kind) {
    case "ping":     return isNumber(value.seq) && isText(value.target) && isText(value.source) && isText(value.sourceAddress);
    case "ack":      return isNumber(value.seq);
    case "ping-req": return (
      isNumber(value.seq) && isText(value.target) && isText(value.targetAddress) && isText(value.source) && isText(value.sourceAddress) &&
      isFlag(value.wantsNack)
    );
    case "nack":     return isNumber(value.seq);
    case "gossip":   return true;
    default:         return false;
  }
}

const isPushPull = (value: unknown): value is PushPull => isObject(value) && value.kind === "push-pull" && isFlag(value.join) && isView(value.view);

function isClaim(value: unknown): value is Claim {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "alive":   return isMember(value.member);
    case "suspect":
    case "dead":
    case "left":    return isText(value.about) && isNumber(value.incarnation) && isText(value.from);
    default:        return false;
  }
}

const isMember = (value: unknown): value is Member =>
  isObject(value) && isText(value.id) && isText(value.address) && isText(value.meta) && isText(value.status) &&
  isNumber(value.incarnation) && isList(value.versions, isNumber);

const isState = (value: unknown): value is State =>
  isObject(value) && isMember(value.self) && isView(value.view) && isNumber(value.seq) &&
  [value.config, value.phase, value.probe, value.rumours, value.sync, value.rng, value.oddities].every(isObject) &&
  [value.suspicions, value.errands, value.tombstones].every((agenda) => agenda === null || isObject(agenda));

const isView = (value: unknown): value is View => isObject(value) && value.kind === "branch" && isWhole(value.size) && Array.isArray(value.children);

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = <T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] => Array.isArray(value) && value.every(isItem);
const isText = (value: unknown): value is string => typeof value === "string";
const isMemberId = (value: unknown): value is MemberId => isText(value);
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && isNumber(value) && value >= 0;
const isInstant = (value: unknown): value is Instant => Number.isSafeInteger(value);
