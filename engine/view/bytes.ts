/** The encoded length of a record, so that a view knows the length of its push-pull without encoding it. */

import type { Member } from "../words/member.ts";
import { hostSize, portSize, rawSize, textSize, uintSize } from "../words/size.ts";

/** The keys of memberlist's pushNodeState, in the order in which Go writes them. */
const KEYS = ["Addr", "Incarnation", "Meta", "Name", "Port", "State", "Vsn"];
/** The bytes that are the same in every record: the map's head, the keys, the status (a number below four) and the six versions. */
const FRAME = 1 + KEYS.reduce((sum, key) => sum + textSize(key), 0) + uintSize(3) + rawSize(6);

/** The encoded length of one record of a push-pull, in bytes. */
export const recordSize = (member: Member): number =>
  FRAME + hostSize(member.address) + uintSize(member.incarnation) + rawSize(member.meta.length) + textSize(member.id) + portSize(member.address);
