// The cells of the drawing: which place each lies in, and which of them a brush covers.

export type View = "back" | "front" | "left" | "right";

export interface ChartData {
  figure: number;
  cell: number;
  shape: [number, number];
  order: string[];
  names: Record<string, string>;
  cells: Record<View, [number, number, number, number][]>;
  enough: number;
}

export interface Point {
  x: number;
  y: number;
}

// A cell of one view as row * columns + column.
export class Grid {
  readonly columns: number;
  private readonly placeOf = new Map<View, Map<number, string>>();
  private readonly sizeOf = new Map<string, number>();

  constructor(readonly data: ChartData) {
    this.columns = data.shape[1];
    for (const [view, runs] of Object.entries(data.cells) as [View, ChartData["cells"][View]][]) {
      const places = new Map<number, string>();
      for (const [row, first, last, place] of runs) {
        for (let column = first; column <= last; column++) {
          places.set(row * this.columns + column, data.order[place] ?? "");
        }
      }
      this.placeOf.set(view, places);
      for (const place of places.values()) {
        const key = `${view} ${place}`;
        this.sizeOf.set(key, (this.sizeOf.get(key) ?? 0) + 1);
      }
    }
  }

  at(point: Point): number {
    return Math.floor(point.y / this.data.cell) * this.columns + Math.floor(point.x / this.data.cell);
  }

  place(view: View, cell: number): string | undefined {
    return this.placeOf.get(view)?.get(cell);
  }

  // Cells on the body within the brush along a line; the cell under its end when the brush is finer than a cell.
  covered(view: View, from: Point, to: Point, width: number): number[] {
    const { cell } = this.data;
    const body = this.placeOf.get(view);
    const half = width / 2;
    const found: number[] = [];
    const [top, bottom] = [Math.min(from.y, to.y) - half, Math.max(from.y, to.y) + half];
    const [left, right] = [Math.min(from.x, to.x) - half, Math.max(from.x, to.x) + half];
    for (let row = Math.floor(top / cell); row <= bottom / cell; row++) {
      for (let column = Math.floor(left / cell); column <= right / cell; column++) {
        const index = row * this.columns + column;
        const middle = { x: (column + 0.5) * cell, y: (row + 0.5) * cell };
        if (body?.has(index) && distance(middle, from, to) <= half) found.push(index);
      }
    }
    const under = this.at(to);
    if (!found.length && body?.has(under)) found.push(under);
    return found;
  }

  // Places of which a good part is painted, in the view that shows them best.
  filled(painted: Map<View, Set<number>>): Set<string> {
    const places = new Set<string>();
    for (const [view, cells] of painted) {
      const count = new Map<string, number>();
      for (const cell of cells) {
        const place = this.place(view, cell);
        if (place) count.set(place, (count.get(place) ?? 0) + 1);
      }
      for (const [place, painted] of count) {
        const needed = Math.min(this.sizeOf.get(`${view} ${place}`) ?? 1, this.data.enough, cells.size);
        if (painted >= 0.4 * needed) places.add(place);
      }
    }
    return places;
  }
}

function distance(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length)) : 0;
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}
