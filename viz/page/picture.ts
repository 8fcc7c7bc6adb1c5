/** A picture in a region: a canvas with the region's size, a scene painted on it, and pointer actions. */

import type { Hit, Scene, Size } from "../scene/mark.ts";
import { hitAt, titleAt } from "../scene/hit.ts";
import { paint } from "../paint/canvas.ts";
import { listenToWheel } from "./wheel.ts";
import { themeInForce } from "./theme.ts";
import { attribute, element } from "./element.ts";

/** Pointer actions. Points are in pixels of the picture. */
export type Pointing = {
  readonly clicked?: (hit: Hit | null, x: number, y: number, event: PointerEvent) => void;
  readonly hovered?: (hit: Hit | null, x: number, y: number) => void;
  /** Wheel or two fingers: the place, the factor (below 1: in), and the share of the picture to move along. */
  readonly wheeled?: (x: number, factor: number, along: number) => void;
  /** The point where a drag began, the current one, and whether the pointer was lifted there. `from` is the same object throughout a drag. */
  readonly dragged?: (from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }, isOver: boolean) => void;
};

/** A pointer that moved less than this, in pixels, has clicked and not dragged; a finger has more tolerance. */
const STILL = 4;

const nothing: Scene = [];

export class Picture {
  readonly canvas: HTMLCanvasElement;
  private scene: Scene = nothing;
  private box: Size = { width: 0, height: 0 };
  private shown: readonly unknown[] = [];
  private readonly resized: () => void;

  /** `label` describes the picture for screen readers. */
  constructor(region: HTMLElement, label: string, pointing: Pointing, resized: () => void) {
    this.canvas = element("canvas", { role: "img", "aria-label": label });
    this.resized = resized;
    region.append(this.canvas);
    new ResizeObserver(() => {
      // Read only here: reading it during a frame would force the browser to recompute the layout.
      this.box = { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
      this.resized();
    }).observe(region);
    this.listen(pointing);
    if (pointing.wheeled !== undefined) listenToWheel(this.canvas, pointing.wheeled);
  }

  get size(): Size {
    return this.box;
  }

  /** `ground` is painted below: the same object again costs nothing. An unchanged scene on an unchanged ground is not repainted. */
  show(scene: Scene, ground: Scene = nothing): void {
    const { width, height } = this.size;
    const key = [scene, ground, themeInForce(), width, height];
    if (key.every((part, n) => part === this.shown[n])) return;
    this.shown = key;
    this.scene = ground.length === 0 ? scene : [...ground, ...scene];
    paint(this.canvas, this.box, scene, themeInForce(), ground);
  }

  /** The hit at a point. Fingers are wide: for them it searches in growing distances up to 22 pixels. */
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
