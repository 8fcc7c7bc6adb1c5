/** A picture in a region: a canvas that follows the region's size, a scene painted on it, and what the pointer means on it. */

import type { Hit, Scene, Size } from "../scene/mark.ts";
import { hitAt, titleAt } from "../scene/hit.ts";
import { paint } from "../paint/canvas.ts";
import { listenToWheel } from "./wheel.ts";
import { themeInForce } from "./theme.ts";
import { attribute, element } from "./element.ts";

/** What the pointer does. Points are in pixels of the picture. */
export type Pointing = {
  readonly clicked?: (hit: Hit | null, x: number, y: number, event: PointerEvent) => void;
  readonly hovered?: (hit: Hit | null, x: number, y: number) => void;
  /** The wheel or two fingers: at which place, by which factor (below 1: nearer), and by which share of the picture along. */
  readonly wheeled?: (x: number, factor: number, along: number) => void;
  /** From where the pointer went down, to where it is, and whether it was lifted there. `from` is the same value throughout a drag. */
  readonly dragged?: (from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }, isOver: boolean) => void;
};

/** Nearer than this to where it went down, a pointer has clicked and not dragged, in pixels; a finger has more room. */
const STILL = 4;

const nothing: Scene = [];

export class Picture {
  readonly canvas: HTMLCanvasElement;
  private scene: Scene = nothing;
  private box: Size = { width: 0, height: 0 };
  private shown: readonly unknown[] = [];
  private readonly resized: () => void;

  /** `label` says to a screen reader what is to be seen. */
  constructor(region: HTMLElement, label: string, pointing: Pointing, resized: () => void) {
    this.canvas = element("canvas", { role: "img", "aria-label": label });
    this.resized = resized;
    region.append(this.canvas);
    new ResizeObserver(() => {
      // Read only here: whoever asks in the midst of a frame makes the browser lay the page out anew.
      this.box = { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
      this.resized();
    }).observe(region);
    this.listen(pointing);
    if (pointing.wheeled !== undefined) listenToWheel(this.canvas, pointing.wheeled);
  }

  get size(): Size {
    return this.box;
  }

  /** `ground` lies below: the same value again costs nothing. A scene that is the same as before, on the same ground, is not painted again. */
  show(scene: Scene, ground: Scene = nothing): void {
    const { width, height } = this.size;
    const key = [scene, ground, themeInForce(), width, height];
    if (key.every((part, n) => part === this.shown[n])) return;
    this.shown = key;
    this.scene = ground.length === 0 ? scene : [...ground, ...scene];
    paint(this.canvas, this.box, scene, themeInForce(), ground);
  }

  /** Fingers are wide: what is under one is looked for further and further around it, to 22 pixels on all sides. */
  hitAt(x: number, y: number, pointer = "mouse"): Hit | null {
    const hit = hitAt(this.scene, x, y);
    return hit !== null || pointer !== "touch" ? hit : (hitAt(this.scene, x, y, 14) ?? hitAt(this.scene, x, y, 22));
  }

  private listen({ clicked, hovered, dragged }: Pointing): void {
    const { canvas } = this;
    let down: { readonly x: number; readonly y: number } | null = null;
    let isDragging = false;
    const placeOf = ({ clientX, clientY }: PointerEvent): { readonly x: number; readonly y: number } => {
      const box = canvas.getBoundingClientRect();
      return { x: clientX - box.left, y: clientY - box.top };
    };
    canvas.addEventListener("pointerdown", (event) => {
      // A second finger pinches.
      if (!event.isPrimary) { down = null; return; }
      down = placeOf(event);
      isDragging = false;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const place = placeOf(event);
      attribute(canvas, "title", titleAt(this.scene, place.x, place.y));
      if (down === null) return hovered?.(this.hitAt(place.x, place.y), place.x, place.y);
      isDragging ||= Math.hypot(place.x - down.x, place.y - down.y) > (event.pointerType === "touch" ? 2.5 : 1) * STILL;
      return isDragging ? dragged?.(down, place, false) : undefined;
    });
    canvas.addEventListener("pointerup", (event) => {
      const place = placeOf(event);
      if (down !== null && isDragging) dragged?.(down, place, true);
      else if (down !== null) clicked?.(this.hitAt(place.x, place.y, event.pointerType), place.x, place.y, event);
      down = null;
    });
    canvas.addEventListener("pointerleave", () => hovered?.(null, 0, 0));
    canvas.addEventListener("pointercancel", () => { down = null; });
  }
}
