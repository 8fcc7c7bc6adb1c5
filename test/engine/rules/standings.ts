/** What claims and records come down to in the tables of these tests: `"suspect@2"`. */

import fc from "fast-check";
import { incarnation, type Config, type Status } from "../../../engine/index.ts";
import type { Precedence, Standing } from "../../../engine/rules/membership.ts";

export type Order = Config["precedence"];
export const orders = ["total", "memberlist", "final"] as const satisfies readonly Order[];
/** An order in which lives are not told apart, unless said how many incarnations one has. */
export const by = (precedence: Order, incarnationsPerLife = 0): Precedence => ({ precedence, incarnationsPerLife });

export const statuses = ["alive", "suspect", "dead", "left"] as const satisfies readonly Status[];

export function standing(text: string): Standing {
  const [word, life] = text.split("@");
  const status = statuses.find((known) => known === word);
  if (status === undefined) throw new RangeError(`no status: ${text}`);
  return { status, incarnation: incarnation(Number(life)) };
}

export const aStanding: fc.Arbitrary<Standing> = fc.record({ status: fc.constantFrom(...statuses), incarnation: fc.nat({ max: 3 }).map(incarnation) });
