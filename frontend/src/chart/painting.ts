// What is marked: painted cells, places chosen by name, and the worst spot; with every earlier state for undo.
import type { ChartData, Point, View } from "./grid";

export interface PaintingRecord {
  figure: number;
  painted: Partial<Record<View, [number, number, number][]>>;
  places: string[];
  worst: { view: View; x_mm: number; y_mm: number } | { place: string } | null;
}

interface Marked {
  painted: Map<View, Set<number>>;
  places: Set<string>;
  spot: { view: View; point: Point } | null;
  worstPlace: string;
}

const copyOf = (marked: Marked): Marked => ({
  ...marked,
  painted: new Map([...marked.painted].map(([view, cells]) => [view, new Set(cells)])),
  places: new Set(marked.places),
});

const MOST_KEPT = 60;

export class Painting {
  now: Marked = { painted: new Map(), places: new Set(), spot: null, worstPlace: "" };
  private readonly before: Marked[] = [];

  constructor(
    private readonly data: ChartData,
    record: PaintingRecord,
  ) {
    for (const [view, runs] of Object.entries(record.painted) as [View, [number, number, number][]][]) {
      const cells = this.cells(view);
      for (const [row, first, last] of runs) {
        for (let column = first; column <= last; column++) cells.add(row * data.shape[1] + column);
      }
    }
    this.now.places = new Set(record.places);
    if (record.worst && "view" in record.worst) {
      this.now.spot = { view: record.worst.view, point: { x: record.worst.x_mm, y: record.worst.y_mm } };
    } else if (record.worst) {
      this.now.worstPlace = record.worst.place;
    }
  }

  cells(view: View): Set<number> {
    let cells = this.now.painted.get(view);
    if (!cells) this.now.painted.set(view, (cells = new Set()));
    return cells;
  }

  // Call before a change that Undo takes back.
  remember(): void {
    this.before.push(copyOf(this.now));
    if (this.before.length > MOST_KEPT) this.before.shift();
  }

  undo(): boolean {
    const earlier = this.before.pop();
    if (earlier) this.now = earlier;
    return earlier !== undefined;
  }

  clear(): void {
    this.now = { painted: new Map(), places: new Set(), spot: null, worstPlace: "" };
  }

  record(): PaintingRecord {
    const painted: PaintingRecord["painted"] = {};
    const columns = this.data.shape[1];
    for (const [view, cells] of this.now.painted) {
      const runs: [number, number, number][] = [];
      for (const cell of [...cells].sort((a, b) => a - b)) {
        const [row, column] = [Math.floor(cell / columns), cell % columns];
        const last = runs.at(-1);
        if (last && last[0] === row && last[2] === column - 1) last[2] = column;
        else runs.push([row, column, column]);
      }
      if (runs.length) painted[view] = runs;
    }
    const { spot, worstPlace } = this.now;
    const worst = spot
      ? { view: spot.view, x_mm: Math.round(spot.point.x), y_mm: Math.round(spot.point.y) }
      : worstPlace
        ? { place: worstPlace }
        : null;
    return { figure: this.data.figure, painted, places: [...this.now.places], worst };
  }
}
