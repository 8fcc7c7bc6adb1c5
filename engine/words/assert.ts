/** What stops the program when it is wrong about itself, and what makes the compiler do so before. */

/** Our own bug, caught: something the engine promised itself does not hold. Never a peer's fault, never the weather. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/** Stops the program when it is wrong about itself. Says what was expected, in the reader's words. */
export function assert(holds: boolean, expected: string): asserts holds {
  if (!holds) throw new BrokenPromise(`expected: ${expected}`);
}

/** Ends a switch that has named every case: if the union grows, this line stops compiling. */
export function impossible(value: never): never {
  throw new BrokenPromise(`impossible: ${JSON.stringify(value)}`);
}
