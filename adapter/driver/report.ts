/** What a driver reports to the member's own code, in order, and never inside a step: so the receiver may call the driver at once. */

import type { Address, Change, Instant, SerfNews } from "../../engine/index.ts";
import type { AskedPing } from "./own-pings.ts";

export type Report =
  /** The engine announced `change`; `news` is what Serf's layer, if there is one, announced because of it. `ping`: the application's ping that ended with it, or null. */
  | { readonly kind: "changed"; readonly at: Instant; readonly change: Change; readonly ping: AskedPing | null; readonly news: readonly SerfNews[] }
  /** Serf's layer announced something by itself. */
  | { readonly kind: "told"; readonly at: Instant; readonly news: readonly SerfNews[] }
  /** A member answered our push-pull. Its view was accepted, or refused: by our application, or because our versions do not fit. */
  | { readonly kind: "view-came"; readonly from: Address; readonly isTaken: boolean }
  /** A stream that we opened failed. */
  | { readonly kind: "exchange-failed"; readonly to: Address; readonly why: string }
  /** The application's code threw; or a socket broke and was replaced. */
  | { readonly kind: "trouble"; readonly at: Instant; readonly error: Error }
  /** We stopped because of our own bug. */
  | { readonly kind: "broken"; readonly at: Instant; readonly error: Error };
