/** Births: how members begin, which of their lives it is, and where they listen in it. */

import { type Address, bytes, type Instant, isLiving, type Member, type MemberId, membersOf, start, type State, type View, viewOf } from "../../engine/index.ts";
import type { Scenario } from "../scenario/model.ts";
import { addressOf, numberOf } from "./address.ts";

/**
 * How a process starts again: with its incarnation and its view written down or lost, where it listened or elsewhere; or for the first time, where another
 * member listened that is gone.
 */
export type Rebirth = {
  readonly incarnation: "kept" | "lost";
  readonly address: "same" | "new";
  readonly view?: "kept";
  readonly insteadOf?: number;
};

export class Births {
  private readonly scenario: Scenario;
  private readonly ids: readonly MemberId[];
  /** Where all members' dice come from. */
  private seed: number;
  /** How often each began or ended: odd while it lives, and never the same in two lives. */
  private readonly turns: Uint32Array;
  private readonly moves: Uint32Array;
  private readonly addresses: Address[];
  /** Who listens where another member listened before, and who therefore must listen elsewhere if it comes back. */
  private readonly tenants = new Map<Address, number>();
  private readonly evicted = new Set<number>();

  constructor(scenario: Scenario, ids: readonly MemberId[], seed: number) {
    this.scenario = scenario;
    this.ids = ids;
    this.seed = seed;
    this.turns = new Uint32Array(ids.length);
    this.moves = new Uint32Array(ids.length);
    this.addresses = ids.map((_, member) => addressOf(member));
  }

  /** A process starts. What it knew in its `last` life is lost, but perhaps its incarnation. */
  begin(member: number, now: Instant, last: State | null, rebirth?: Rebirth, view?: View): State {
    const turn = this.turns[member] = (this.turns[member] ?? 0) + 1;
    if (rebirth?.insteadOf !== undefined) this.takeOver(member, rebirth.insteadOf);
    else if (rebirth?.address === "new" || this.evicted.has(member)) this.move(member);
    const known = view ?? (rebirth?.view === "kept" && last !== null ? livingOf(last.view) : undefined);
    return start({
      config: this.scenario.config,
      id: this.idOf(member),
      address: this.addressFor(member),
      now,
      seed: this.seed,
      stream: member + (turn - 1) * this.ids.length,
      meta: this.metaOf(member),
      generation: this.lifeAfter(last),
      ...(rebirth?.incarnation === "kept" ? { incarnation: (last?.self.incarnation ?? 0) + 1 } : {}),
      ...(known === undefined ? {} : { view: known }),
    });
  }

  /** Whoever is born from now on has other dice. */
  reseed(seed: number): void {
    this.seed = seed;
  }

  /** A process ends. */
  end(member: number): void {
    this.turns[member] = (this.turns[member] ?? 0) + 1;
  }

  /** Tells the lives of a member apart. */
  turnOf(member: number): number {
    return this.turns[member] ?? 0;
  }

  /** What a member says of itself when it is born for the first time. */
  recordOf(member: number, now: Instant): Member {
    const { config } = this.scenario;
    return start({ config, id: this.idOf(member), address: this.addressFor(member), now, seed: 0, meta: this.metaOf(member), generation: 1 }).self;
  }

  addressFor(member: number): Address {
    return this.addresses[member] ?? addressOf(member);
  }

  /** Who listens at an address now; undefined if nobody does. */
  memberAt(where: Address): number | undefined {
    const member = this.tenants.size === 0 ? numberOf(where) : (this.tenants.get(where) ?? numberOf(where));
    return this.addresses[member] === where ? member : undefined;
  }

  /** From a clock or a file a process knows that it has lived before, whatever else it forgot: its life is one that nobody has heard of yet. */
  private lifeAfter(last: State | null): number {
    const { incarnationsPerLife } = this.scenario.config;
    return last === null || incarnationsPerLife === 0 ? 1 : Math.floor(last.self.incarnation / incarnationsPerLife) + 1;
  }

  private takeOver(member: number, from: number): void {
    const where = this.addressFor(from);
    this.addresses[member] = where;
    this.tenants.set(where, member);
    this.evicted.add(from);
    this.evicted.delete(member);
  }

  private move(member: number): void {
    this.evicted.delete(member);
    const moves = this.moves[member] = (this.moves[member] ?? 0) + 1;
    this.addresses[member] = addressOf(member, moves);
  }

  private metaOf(member: number): Member["meta"] {
    return this.scenario.members[member]?.meta ?? bytes("");
  }

  private idOf(member: number): MemberId {
    const id = this.ids[member];
    if (id === undefined) throw new RangeError(`no member ${member}`);
    return id;
  }
}

/** Whom a process that starts again may have written down: those whom it held living, and of none of them its doubts. */
const livingOf = (view: View): View => viewOf(membersOf(view).filter(({ status }) => isLiving(status)).map((member) => ({ ...member, status: "alive" as const })));
