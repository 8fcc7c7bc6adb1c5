/** Applies changed settings to a running member: keys, tags, meta. So an operator can rotate keys by editing files, without a restart. */

import type { SwimMember } from "../member/member.ts";
import { keyringOf } from "../codec/keyring.ts";
import { MemberError } from "../error.ts";
import type { AgentSettings, WrittenMember } from "./settings.ts";

/**
 * Applies what can be applied, and returns a few words for each change. Throws a `MemberError` if anything is wrong, and has then changed nothing: keys are
 * checked first, a meta is applied as a whole or not at all, and checked keys cannot fail any more.
 */
export function takeOver(before: AgentSettings, after: AgentSettings, member: SwimMember): readonly string[] {
  const wanted = wantedKeys(before.member, after.member, member);
  const words = takeWords(before.member, after.member, member);
  const keys = takeKeys(wanted, member);
  const waiting = needRestart(before, after);
  return [...keys, ...words, ...(waiting.length === 0 ? [] : [`a restart is needed to change ${waiting.join(", ")}`])];
}

/**
 * The keys that the member should have, the primary first, all valid; empty: no change. If the settings have the same keys as before, nothing is changed:
 * `serf keys` may have changed the keyring since, and a SIGHUP meant for the log must not bring back keys that the group has removed. Throws a `MemberError`.
 */
function wantedKeys({ keys: before }: WrittenMember, { keys: after }: WrittenMember, member: SwimMember): readonly string[] {
  if (before === undefined && after === undefined) return [];
  if (before !== undefined && same(before, after)) return [];
  if (before === undefined) throw new MemberError("bad-option", "the member was started without keys: restart it with `keys`, which may be empty");
  const wanted = (after ?? []).map(textOf);
  if (wanted.length === 0 && member.keys.list().length > 0) throw new MemberError("bad-option", "a running member keeps its last key: restart it without `keys`");
  keyringOf(wanted);
  return wanted;
}

/** Adds all new keys first, then uses the first one, and only then removes those that are no longer listed. */
function takeKeys(wanted: readonly string[], member: SwimMember): readonly string[] {
  const [primary] = wanted;
  if (primary === undefined) return [];
  const held = member.keys.list();
  const added = wanted.filter((key) => held.every((other) => other.key !== key));
  for (const key of added) member.keys.add(key);
  const isNewPrimary = held[0] !== undefined && held[0].key !== primary;
  member.keys.use(primary);
  const removed = held.filter(({ key }) => !wanted.includes(key));
  for (const { key } of removed) member.keys.remove(key);
  return [...told(added.length, "added"), ...(isNewPrimary ? ["another key encrypts now"] : []), ...told(removed.length, "removed")];
}

const textOf = (key: string | Uint8Array): string => (typeof key === "string" ? key : Buffer.from(key).toString("base64"));
const told = (count: number, what: string): readonly string[] => (count === 0 ? [] : [`${count} ${count === 1 ? "key" : "keys"} ${what}`]);

function takeWords(before: WrittenMember, after: WrittenMember, member: SwimMember): readonly string[] {
  const isSame = same(before.tags ?? {}, after.tags ?? {}) && same(bytesOf(before), bytesOf(after));
  if (isSame) return [];
  if (after.meta !== undefined) member.updateMeta(after.meta);
  else member.updateTags(after.tags ?? {});
  return [after.meta === undefined ? "new tags" : "new meta"];
}

const bytesOf = ({ meta }: WrittenMember): readonly number[] => [...(meta ?? [])];

const atStart = ["name", "bind", "advertise", "preset", "config", "verifyIncoming", "verifyOutgoing", "label", "compress", "serf", "allow", "seeds", "tcp"] as const satisfies readonly (keyof WrittenMember)[];

/** The names of changed settings that need a restart. */
function needRestart(before: AgentSettings, after: AgentSettings): readonly string[] {
  const parts = (["record", "metrics", "log"] as const).filter((part) => !same(before[part], after[part]));
  return [...atStart.filter((name) => !same(before.member[name], after.member[name])), ...parts];
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The settings in force: with the changes that were applied, without those that wait for a restart. */
export function withWords({ keyFile: _keyFile, ...before }: AgentSettings, { keyFile, member: { keys, tags, meta } }: AgentSettings): AgentSettings {
  const { keys: _keys, tags: _tags, meta: _meta, ...rest } = before.member;
  const member = { ...rest, ...(keys !== undefined && { keys }), ...(tags !== undefined && { tags }), ...(meta !== undefined && { meta }) };
  return { ...before, ...(keyFile !== undefined && { keyFile }), member };
}

/** The keys in the settings, as texts. */
export const keysIn = ({ member: { keys = [] } }: AgentSettings): readonly string[] => keys.map(textOf);
