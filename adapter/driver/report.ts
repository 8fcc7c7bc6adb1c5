/** What a driver reports to the member's own code, in order, and never from within a step: whoever hears it may ask for things at once. */

import type { Address, Change, Instant, SerfNews } from "../../engine/index.ts";
import type { AskedPing } from "./own-pings.ts";

export type Report =
  /** The engine announced this; Serf's layer, if there is one, says this of it. `ping`: the application's ping that ended with it, null if it was none. */
  | { readonly kind: "changed"; readonly at: Instant; readonly change: Change; readonly ping: AskedPing | null; readonly news: readonly SerfNews[] }
  /** Serf's layer says something by itself. */
  | { readonly kind: "told"; readonly at: Instant; readonly news: readonly SerfNews[] }
  /** A member whom we asked for its whole view gave it. Taken, or refused: by our application, or because our versions do not fit. */
  | { readonly kind: "view-came"; readonly from: Address; readonly isTaken: boolean }
  /** A stream that we opened came to nothing. */
  | { readonly kind: "exchange-failed"; readonly to: Address; readonly why: string }
  /** Something of the application's threw; or a socket broke and was mended. */
  | { readonly kind: "trouble"; readonly at: Instant; readonly error: Error }
  /** We are wrong about ourselves, and have stopped. */
  | { readonly kind: "broken"; readonly at: Instant; readonly error: Error };
