/**
 * The number of the life that begins now: docs/decisions/0022. An incarnation has 32 bits. The upper half counts hours since 2026, the lower half fractions of an
 * hour, of which the last four bits are left to count refutations and updates within the life.
 */

/** How many incarnations each life of a deployed member has: lives that begin 0.88 s apart are distinguished. */
export const INCARNATIONS_PER_LIFE = 16;

/** The earliest beginning of a life: the beginning of 2026, in milliseconds since 1970. */
const FIRST = Date.UTC(2026, 0);
const HOUR = 3_600_000;
/** Incarnations per hour, or per generation that the application counts itself. */
const PER_HOUR = 65_536;
/** The last hour, in the middle of 2033; also the greatest generation. */
export const LAST_GENERATION = 65_535;

/** The life that begins at the time of day `wall` (milliseconds since 1970), if each has `perLife` incarnations. Without a clock, and before 2026, the first; after 2033 the last. */
export function lifeAt(wall: number | undefined, perLife: number): number {
  const hours = wall === undefined ? 0 : Math.min(LAST_GENERATION - 1, Math.max(0, (wall - FIRST) / HOUR));
  return lifeOfGeneration(1 + hours, perLife);
}

/** The life of a generation that the application counts, if each has `perLife` incarnations: generations are as far apart as hours. */
export const lifeOfGeneration = (generation: number, perLife: number): number => Math.max(1, Math.floor((generation * PER_HOUR) / Math.max(1, perLife)));
