/** The current theme: the values of the stylesheet's tokens, read once after each change. */

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

/** Applies a theme. */
export function dress(theme: PageState["theme"]): void {
  const name = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
  if (document.documentElement.dataset["theme"] === name) return;
  document.documentElement.dataset["theme"] = name;
  inForce = null;
}

/** Calls `changed` whenever the system switches between light and dark. */
export const onSystemTheme = (changed: () => void): void => dark.addEventListener("change", changed);

/** Does the user prefer reduced motion? */
export const isStill = (): boolean => still.matches;
const still = matchMedia("(prefers-reduced-motion: reduce)");
