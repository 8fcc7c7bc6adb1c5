/** The head of an arrow: a small triangle at the second end of a line. */

type Corner = readonly [x: number, y: number];

/** Its corners, for the line whose four numbers begin at `place` in `points`. Smaller on a line shorter than twice the head. */
export function headOf(points: Float32Array, place: number, head: number): readonly [Corner, Corner, Corner] {
  const [x1, y1, x2, y2] = [points[place]!, points[place + 1]!, points[place + 2]!, points[place + 3]!];
  const length = Math.hypot(x2 - x1, y2 - y1);
  const size = Math.min(head, length / 2);
  const [dx, dy] = length === 0 ? [0, 0] : [((x2 - x1) / length) * size, ((y2 - y1) / length) * size];
  return [[x2, y2], [x2 - dx - 0.5 * dy, y2 - dy + 0.5 * dx], [x2 - dx + 0.5 * dy, y2 - dy - 0.5 * dx]];
}
