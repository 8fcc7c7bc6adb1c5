/** Elements of a picture, as text: places to a tenth, which is finer than any screen. */

type Attributes = Readonly<Record<string, string | number>>;

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Control characters are no XML, whatever a member is called. */
const tame = (text: string): string => escaped(text.replace(/[\p{Cc}\uFFFE\uFFFF]|\p{Cs}/gu, "·"));

/** An element with these inside, which are SVG already. */
export function tag(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === "number" ? Number(value.toFixed(1)) : tame(value)}"`).join("");
  return inside.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${inside.join("")}</${name}>`;
}

export const words = (text: string, attributes: Attributes): string => tag("text", attributes, tame(text));

/** What is read when it is pointed at. */
export const title = (text: string): string => tag("title", {}, tame(text));
