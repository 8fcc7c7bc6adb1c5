/** Keys: each calls its command, unless the user is typing. */

import type { Desk } from "./desk.ts";

/** `ctrl+shift+z`, ` `, `?`: the names of keys in commands. Shift is included only if the key itself does not show it. */
export function nameOfKey({ key, ctrlKey, metaKey, altKey, shiftKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const name = key.toLowerCase();
  const isShown = key.length === 1 && key === key.toUpperCase() && key === key.toLowerCase();
  return `${ctrlKey || metaKey ? "ctrl+" : ""}${altKey ? "alt+" : ""}${shiftKey && !isShown ? "shift+" : ""}${name}`;
}

/** These work even under an overlay. */
const everywhere: ReadonlySet<string> = new Set(["deselect", "palette", "help"]);

/** `showNow` updates the page at once: what one key opens must be there for the next key. */
export function listenToKeys(desk: Desk, showNow: () => void): void {
  document.addEventListener("keydown", (event) => {
    const name = nameOfKey(event);
    if (isTyping(event.target) && name !== "escape" && name !== "ctrl+k") return;
    // A button or a tab handles the space bar and the arrows itself.
    if (event.target instanceof Element && event.target.matches("button, [role=tab], [role=option]") && [" ", "enter", "arrowleft", "arrowright", "arrowup", "arrowdown"].includes(name)) return;
    const { overlay } = desk.page();
    const command = desk.commands.find((one) => one.keys.includes(name) && one.isPossible(desk.page()) && (overlay === "none" || everywhere.has(one.name)));
    if (command === undefined) return;
    event.preventDefault();
    command.run(desk);
    if (desk.page().overlay !== overlay) showNow();
  });
}

const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.matches("input, textarea, select, [contenteditable=true]");
