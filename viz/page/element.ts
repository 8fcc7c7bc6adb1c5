/** Creates elements: text is inserted as text, never as HTML. */

type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

/** An element with attributes (functions are listeners: `onclick`), and children. `false` and undefined omit an attribute, `true` sets it without a value. */
export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** Sets an element's text only if it changes, so that a screen reader does not repeat it. */
export function say(into: Element, text: string): void {
  if (into.textContent !== text) into.textContent = text;
}

/** Sets an attribute only if it changes; null removes it. */
export function attribute(of: Element, name: string, value: string | null): void {
  if (of.getAttribute(name) === value) return;
  if (value === null) of.removeAttribute(name);
  else of.setAttribute(name, value);
}
