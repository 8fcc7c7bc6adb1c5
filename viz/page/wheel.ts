/** The wheel and two fingers on a picture: zooming and moving along. */

/** The zoom factor of one notch of the wheel, about 100 pixels. */
const NOTCH = 1.25;

export function listenToWheel(canvas: HTMLCanvasElement, wheeled: (x: number, factor: number, along: number) => void): void {
  const width = (): number => Math.max(1, canvas.clientWidth);
  const placeOf = (clientX: number): number => clientX - canvas.getBoundingClientRect().left;
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1;
    const isAlong = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const turned = (isAlong && event.deltaX !== 0 ? event.deltaX : event.deltaY) * unit;
    if (isAlong) wheeled(placeOf(event.clientX), 1, turned / width());
    else wheeled(placeOf(event.clientX), NOTCH ** (turned / 100), 0);
  }, { passive: false });
  listenToPinch(canvas, placeOf, width, wheeled);
}

function listenToPinch(canvas: HTMLCanvasElement, placeOf: (clientX: number) => number, width: () => number, wheeled: (x: number, factor: number, along: number) => void): void {
  const fingers = new Map<number, number>();
  const spread = (): { readonly middle: number; readonly apart: number } | null => {
    const [one, other] = [...fingers.values()];
    return one === undefined || other === undefined ? null : { middle: (one + other) / 2, apart: Math.max(24, Math.abs(one - other)) };
  };
  canvas.addEventListener("pointerdown", ({ pointerType, pointerId, clientX }) => { if (pointerType === "touch") fingers.set(pointerId, placeOf(clientX)); });
  canvas.addEventListener("pointermove", ({ pointerId, clientX }) => {
    if (!fingers.has(pointerId)) return;
    const before = spread();
    fingers.set(pointerId, placeOf(clientX));
    const after = spread();
    if (before !== null && after !== null) wheeled(after.middle, before.apart / after.apart, (before.middle - after.middle) / width());
  });
  for (const end of ["pointerup", "pointercancel"] as const) canvas.addEventListener(end, ({ pointerId }) => fingers.delete(pointerId));
}
