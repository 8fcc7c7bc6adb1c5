/** Columns that grow: typed arrays that are enlarged when full. They hold millions of lines and messages. */

type Cells = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** From this many cells on, a column is large. */
const LARGE = 1_000_000;

export class Column<Kind extends Cells> {
  /** The cells; those beyond `length` have no meaning. */
  cells: Kind;
  length = 0;
  private readonly make: (size: number) => Kind;

  constructor(make: (size: number) => Kind) {
    this.make = make;
    this.cells = make(1024);
  }

  push(value: number): void {
    if (this.length === this.cells.length) {
      // Large columns grow by less, because reserved room is memory that is used.
      const wider = this.make(this.length < LARGE ? 2 * this.length : Math.ceil(1.25 * this.length));
      wider.set(this.cells);
      this.cells = wider;
    }
    this.cells[this.length++] = value;
  }

  /** The cell at an index; NaN if there is none. */
  at(place: number): number {
    return place < this.length ? (this.cells[place] ?? Number.NaN) : Number.NaN;
  }

  set(place: number, value: number): void {
    this.cells[place] = value;
  }

  /** A copy of a part, for sending. */
  copy(from = 0, to = this.length): Kind {
    return this.cells.slice(from, Math.min(to, this.length)) as Kind;
  }
}

export const bytes = (): Column<Uint8Array> => new Column((size) => new Uint8Array(size));
export const shorts = (): Column<Uint16Array> => new Column((size) => new Uint16Array(size));
export const words = (): Column<Uint32Array> => new Column((size) => new Uint32Array(size));
export const integers = (): Column<Int32Array> => new Column((size) => new Int32Array(size));
export const doubles = (): Column<Float64Array> => new Column((size) => new Float64Array(size));

/** The first index in an ascending column whose value is at least `value`; its length if there is none. */
export function firstAtLeast(column: Column<Float64Array>, value: number): number {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column.cells[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
