/** A list of options below a field, navigated with the arrow keys: the field keeps the focus, and announces the active option (WAI-ARIA's combobox). */

import { attribute, element } from "../page/element.ts";

export type Offer = { readonly parts: readonly (Node | string)[]; readonly take: () => void };

export class Options {
  readonly list: HTMLElement;
  private offers: readonly Offer[] = [];
  private place = -1;
  private readonly field: HTMLInputElement;

  constructor(field: HTMLInputElement, id: string, label: string) {
    this.field = field;
    this.list = element("ul", { class: "options", id, role: "listbox", "aria-label": label });
    for (const [name, value] of [["role", "combobox"], ["aria-controls", id], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["autocomplete", "off"], ["spellcheck", "false"], ["autocapitalize", "off"]] as const) field.setAttribute(name, value);
  }

  get isOpen(): boolean {
    return this.offers.length > 0;
  }

  /** The first option is active at once, or none until an arrow key is pressed. */
  show(offers: readonly Offer[], first: 0 | -1): void {
    this.offers = offers;
    this.list.replaceChildren(...offers.map(({ parts, take }, n) => element("li", {
      role: "option", id: `${this.list.id}-${n}`, "aria-selected": "false", onpointerdown: (event) => event.preventDefault(), onclick: take,
    }, ...parts)));
    attribute(this.field, "aria-expanded", String(offers.length > 0));
    this.mean(offers.length > 0 ? first : -1);
  }

  /** Arrows navigate, enter (and optionally tab) selects; true if the key was for the list. */
  keyed({ key, ctrlKey }: KeyboardEvent, takesTab: boolean): boolean {
    const step = key === "ArrowDown" || (ctrlKey && key === "n") ? 1 : key === "ArrowUp" || (ctrlKey && key === "p") ? -1 : 0;
    if (step !== 0 && this.isOpen) {
      this.mean((this.place + step + this.offers.length + (this.place === -1 && step === -1 ? 1 : 0)) % this.offers.length);
      return true;
    }
    const meant = this.offers[this.place === -1 && key === "Tab" ? 0 : this.place];
    if (meant === undefined || !(key === "Enter" || (takesTab && key === "Tab"))) return false;
    meant.take();
    return true;
  }

  private mean(place: number): void {
    this.list.children[this.place]?.setAttribute("aria-selected", "false");
    this.place = place;
    const meant = this.list.children[place];
    meant?.setAttribute("aria-selected", "true");
    meant?.scrollIntoView({ block: "nearest" });
    attribute(this.field, "aria-activedescendant", meant?.id ?? null);
  }
}
