/** The theme in force: what the stylesheet's tokens are worth right now, read once for each change. */

import type { Theme } from "../paint/look.ts";
import type { PageState } from "./state.ts";

const tokens = [
  "paper", "raised", "sunken", "rule", "ink", "soft", "accent", "alive", "suspect", "dead", "left", "unknown", "paused", "wrong", "fault", "fault-band", "message",
  "gossip", "health", "good", "error", "warning",
] as const;

let inForce: Theme | null = null;

/** Colours by token. */
export function themeInForce(): Theme {
  if (inForce === null) {
    const style = getComputedStyle(document.documentElement);
    inForce = Object.fromEntries(tokens.map((token) => [token, style.getPropertyValue(`--${token}`).trim()]));
  }
  return inForce;
}

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Puts a theme into force. */
export function dress(theme: PageState["theme"]): void {
  const name = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
  if (document.documentElement.dataset["theme"] === name) return;
  document.documentElement.dataset["theme"] = name;
  inForce = null;
}

/** Calls whenever the system changes between light and dark. */
export const onSystemTheme = (changed: () => void): void => dark.addEventListener("change", changed);

/** Does the user want things to stand still? */
export const isStill = (): boolean => still.matches;
const still = matchMedia("(prefers-reduced-motion: reduce)");
