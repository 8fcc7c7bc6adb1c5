/** SVG elements as text. Numbers have one decimal: finer than any screen, and the same on every machine. */

export const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? character);

export const place = (value: number): string => `${Number(value.toFixed(1))}`;

type Attributes = Readonly<Record<string, string | number>>;

const written = (attributes: Attributes): string =>
  Object.entries(attributes).map(([name, value]) => ` ${name}="${typeof value === "number" ? place(value) : escape(value)}"`).join("");

/** An element with these children, which are SVG already. */
export const element = (name: string, attributes: Attributes, ...inside: readonly string[]): string =>
  inside.length === 0 ? `<${name}${written(attributes)}/>` : `<${name}${written(attributes)}>${inside.join("")}</${name}>`;

/** A text at a place. */
export const label = (text: string, attributes: Attributes): string => element("text", attributes, escape(text));

/** A polyline through these points. */
export const path = (points: readonly (readonly [x: number, y: number])[]): string => points.map(([x, y], nth) => `${nth === 0 ? "M" : "L"}${place(x)} ${place(y)}`).join("");

/** The same as steps: each value holds until the next. */
export const steps = (points: readonly (readonly [x: number, y: number])[]): string =>
  points.map(([x, y], nth) => (nth === 0 ? `M${place(x)} ${place(y)}` : `H${place(x)}V${place(y)}`)).join("");
