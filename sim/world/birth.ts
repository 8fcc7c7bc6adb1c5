/** Births: the state with which a member starts, the number of its life, and the address at which it listens. */

import { type Address, bytes, type Instant, isLiving, type Member, type MemberId, membersOf, start, type State, type View, viewOf } from "../../engine/index.ts";
import type { Scenario } from "../scenario/model.ts";
import { addressOf, numberOf } from "./address.ts";

/**
 * How a process restarts: whether it has kept its incarnation and its view, and whether it listens at its old address or a new one; or that it starts for the
 * first time, at the address of another member that is gone.
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
  /** The seed of all members' dice. */
  private seed: number;
  /** How many times each member has started or stopped: odd while it lives, and different in every life. */
  private readonly turns: Uint32Array;
  private readonly moves: Uint32Array;
  private readonly addresses: Address[];
  /** Which member listens at the former address of another member; and which members lost their address that way, and need a new one if they return. */
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

  /** Starts a process. It has lost what it knew in its `last` life, except what `rebirth` says it kept. */
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

  /** Members that start from now on get other dice. */
  reseed(seed: number): void {
    this.seed = seed;
  }

  end(member: number): void {
    this.turns[member] = (this.turns[member] ?? 0) + 1;
  }

  /** A number that differs between the lives of a member. */
  turnOf(member: number): number {
    return this.turns[member] ?? 0;
  }

  /** The record of a member that starts for the first time. */
  recordOf(member: number, now: Instant): Member {
    const { config } = this.scenario;
    return start({ config, id: this.idOf(member), address: this.addressFor(member), now, seed: 0, meta: this.metaOf(member), generation: 1 }).self;
  }

  addressFor(member: number): Address {
    return this.addresses[member] ?? addressOf(member);
  }

  /** The member that listens at an address now; undefined if none does. */
  memberAt(where: Address): number | undefined {
    const member = this.tenants.size === 0 ? numberOf(where) : (this.tenants.get(where) ?? numberOf(where));
    return this.addresses[member] === where ? member : undefined;
  }

  /** A process knows from a clock or a file that it has lived before, even if it forgot everything else: it starts with the number of a life that nobody has heard of. */
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

/** The view that a restarting process may have kept on disk: the members that it held living, without its suspicions. */
const livingOf = (view: View): View => viewOf(membersOf(view).filter(({ status }) => isLiving(status)).map((member) => ({ ...member, status: "alive" as const })));
