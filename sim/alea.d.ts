/** Only seedrandom's `alea`: eleven nanoseconds a draw, exact operations, and no access to the platform's own randomness. */
declare module "seedrandom/lib/alea.js" {
  type Alea = { (): number; int32(): number; quick(): number; double(): number };
  export default function alea(seed: string): Alea;
}
