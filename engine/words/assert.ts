/** Assertions: at run time, and for the compiler. */

/** Our own bug, caught: one of the engine's invariants does not hold. Never a peer's fault, never the network's. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/** Throws BrokenPromise unless `holds`. `expected` says what should have been true. */
export function assert(holds: boolean, expected: string): asserts holds {
  if (!holds) throw new BrokenPromise(`expected: ${expected}`);
}

/** Ends a switch that has named every case: if the union grows, this line stops compiling. */
export function impossible(value: never): never {
  throw new BrokenPromise(`impossible: ${JSON.stringify(value)}`);
}
