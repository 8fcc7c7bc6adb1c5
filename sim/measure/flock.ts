/** A set of members, by number, that knows its size: one byte for each member of the world instead of a hash table. */

export class Flock {
  private readonly belongs: Uint8Array;
  private count = 0;

  /** An empty set, with room for this many members. */
  constructor(members: number) {
    this.belongs = new Uint8Array(members);
  }

  get size(): number {
    return this.count;
  }

  add(member: number): void {
    this.count += 1 - (this.belongs[member] ?? 1);
    this.belongs[member] = 1;
  }

  delete(member: number): void {
    this.count -= this.belongs[member] ?? 0;
    this.belongs[member] = 0;
  }

  clear(): void {
    this.belongs.fill(0);
    this.count = 0;
  }
}
