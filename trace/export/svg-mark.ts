/** SVG elements as text. Coordinates are rounded to a tenth, which is finer than any screen. */

type Attributes = Readonly<Record<string, string | number>>;

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Replaces control characters, which names may contain, but XML may not. */
const tame = (text: string): string => escaped(text.replace(/[\p{Cc}\uFFFE\uFFFF]|\p{Cs}/gu, "·"));

/** An element with this content, which must be SVG already. */
export function tag(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === "number" ? Number(value.toFixed(1)) : tame(value)}"`).join("");
  return inside.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${inside.join("")}</${name}>`;
}

export const words = (text: string, attributes: Attributes): string => tag("text", attributes, tame(text));

/** A tooltip. */
export const title = (text: string): string => tag("title", {}, tame(text));
