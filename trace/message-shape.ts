/** Validates messages and their parts field by field, because they come from outside. */

import type { Answer, Claim, Datagram, Digest, Member, Request, View } from "../engine/index.ts";
import { type Fields, isFlag, isList, isNumber, isObject, isText, isWhole } from "./kind.ts";

export function isDatagram(value: unknown): value is Datagram {
  if (!isObject(value) || !isList(value.gossip, isClaim) || !isList(value.userMessages, isText)) return false;
  switch (value.kind) {
    case "ping":     return isNumber(value.seq) && isAsked(value);
    case "ack":      return isNumber(value.seq) && isText(value.payload);
    case "ping-req": return isNumber(value.seq) && isAsked(value) && isText(value.targetAddress) && isFlag(value.wantsNack);
    case "nack":     return isNumber(value.seq);
    case "gossip":   return true;
    default:         return false;
  }
}

const isAsked = ({ target, source, sourceAddress }: Fields): boolean => isText(target) && isText(source) && isText(sourceAddress);

export function isRequest(value: unknown): value is Request {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "push-pull": return isPushPull(value);
    case "compare":   return isWhole(value.depth) && isList(value.digests, isDigest);
    case "patch":     return isPatch(value);
    case "ping":      return isDatagram(value);
    case "user":      return isText(value.payload);
    default:          return false;
  }
}

export function isAnswer(value: unknown): value is Answer {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "push-pull": return isPushPull(value);
    case "patch":     return isPatch(value);
    case "ack":       return isDatagram(value);
    default:          return false;
  }
}

const isPushPull = (value: Fields): boolean => isFlag(value.join) && isView(value.view) && isText(value.userState);

const isPatch = (value: Fields): boolean => isWhole(value.depth) && isList(value.parts, isWhole) && isView(value.view);

const isDigest = (value: unknown): value is Digest => isObject(value) && isNumber(value.high) && isNumber(value.low);

export function isClaim(value: unknown): value is Claim {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "alive":   return isMember(value.member);
    case "suspect":
    case "dead":
    case "left":    return isText(value.about) && isNumber(value.incarnation) && isText(value.from);
    default:        return false;
  }
}

export const isMember = (value: unknown): value is Member =>
  isObject(value) && isText(value.id) && isText(value.address) && isText(value.meta) && isText(value.status) &&
  isNumber(value.incarnation) && isList(value.versions, isNumber);

export const isView = (value: unknown): value is View => isObject(value) && value.kind === "branch" && isWhole(value.size) && Array.isArray(value.children);
