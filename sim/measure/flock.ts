/** Some of the members, by number, and how many they are: a byte for each member of the world instead of a table of those who belong. */

export class Flock {
  private readonly belongs: Uint8Array;
  private count = 0;

  /** Of so many members none belongs yet. */
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
