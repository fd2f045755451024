// The body chart: paint with finger, pen or mouse; tap a place to choose it; the list beside it always says the same.
import { Grid, type ChartData, type Point, type View } from "./grid";
import { Painting, type PaintingRecord } from "./painting";

type Tool = "paint" | "erase" | "worst";

const TAP_PIXELS = 6; // a finger that moved less than this has tapped
const CLOSER: Record<string, string> = {
  back: "50 190 380 480",
  front: "50 190 380 480",
  left: "70 190 380 480",
  right: "30 190 380 480",
};

const json = <T>(id: string): T => JSON.parse(document.getElementById(id)?.textContent ?? "null") as T;
const one = <T extends Element>(selector: string): T => document.querySelector<T>(selector) as T;
const all = <T extends Element>(selector: string): T[] => [...document.querySelectorAll<T>(selector)];

const data = json<ChartData>("chart-data");
const grid = new Grid(data);
const painting = new Painting(data, json<PaintingRecord>("chart-painting"));
const chart = one<HTMLElement>("[data-chart]");
const field = one<HTMLInputElement>("#painting-data");
const said = one<HTMLElement>(".chart__said");
const worst = one<HTMLSelectElement>("#worst_place");
const brush = one<HTMLInputElement>("#brush");
const boxes = new Map(all<HTMLInputElement>('input[name="places"]').map((box) => [box.value, box]));
const drawings = new Map(all<SVGSVGElement>("svg.figure").map((svg) => [svg.dataset["view"] as View, svg]));
const wholes = new Map([...drawings].map(([view, svg]) => [view, svg.getAttribute("viewBox") ?? ""]));
let tool: Tool = "paint";
let lit = new Set<string>();

function say(words: string): void {
  said.textContent = words;
}

const nameOf = (place: string): string => data.names[place] ?? place;

// Everything that is shown follows from the painting.
function show(announce = true): void {
  for (const [view, svg] of drawings) {
    const cells = painting.now.painted.get(view) ?? new Set<number>();
    let path = "";
    for (const cell of cells) {
      const [x, y] = [(cell % grid.columns) * data.cell, Math.floor(cell / grid.columns) * data.cell];
      path += `M${x} ${y}h${data.cell}v${data.cell}h-${data.cell}z`;
    }
    svg.querySelector(".figure__strokes")?.setAttribute("d", path);
    const pin = svg.querySelector(".figure__pin");
    const spot = painting.now.spot;
    pin?.setAttribute("visibility", spot?.view === view ? "visible" : "hidden");
    if (spot?.view === view) pin?.setAttribute("transform", `translate(${spot.point.x} ${spot.point.y})`);
  }
  const painted = grid.filled(painting.now.painted);
  const marked = new Set([...painted, ...painting.now.places]);
  for (const zone of all<SVGPathElement>(".figure__zone")) {
    const place = zone.dataset["place"] ?? "";
    zone.classList.toggle("figure__zone--on", painting.now.places.has(place));
    zone.classList.toggle("figure__zone--painted", painted.has(place) && !painting.now.places.has(place));
  }
  for (const [place, box] of boxes) box.checked = marked.has(place);
  const { spot, worstPlace } = painting.now;
  worst.value = spot ? (grid.place(spot.view, grid.at(spot.point)) ?? "") : worstPlace;
  if (announce) {
    const fresh = [...marked].filter((place) => !lit.has(place)).map(nameOf);
    const gone = [...lit].filter((place) => !marked.has(place)).map(nameOf);
    if (fresh.length) say(`Marked: ${fresh.join("; ")}.`);
    else if (gone.length) say(`No longer marked: ${gone.join("; ")}.`);
    lit = marked;
  }
  field.value = JSON.stringify(painting.record());
}

function toggle(place: string): void {
  painting.remember();
  if (painting.now.places.has(place) || grid.filled(painting.now.painted).has(place)) unmark(place);
  else painting.now.places.add(place);
  show();
}

function unmark(place: string): void {
  painting.now.places.delete(place);
  for (const [view, cells] of painting.now.painted) {
    for (const cell of [...cells]) if (grid.place(view, cell) === place) cells.delete(cell);
  }
}

function pin(view: View, point: Point): void {
  const place = grid.place(view, grid.at(point));
  if (!place) return;
  painting.remember();
  painting.now.spot = { view, point };
  painting.now.worstPlace = "";
  show();
  say(`Worst spot: ${nameOf(place)}.`);
}

function listen(view: View, svg: SVGSVGElement): void {
  let last: Point | null = null;
  let start: { x: number; y: number } | null = null;
  const pointOf = (event: PointerEvent): Point => {
    const matrix = svg.getScreenCTM()?.inverse();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    return { x, y };
  };
  const along = (from: Point, to: Point): void => {
    const cells = painting.cells(view);
    for (const cell of grid.covered(view, from, to, Number(brush.value))) {
      if (tool === "erase") cells.delete(cell);
      else cells.add(cell);
    }
  };
  svg.addEventListener("pointerdown", (event) => {
    const point = pointOf(event);
    if (event.button !== 0 || !event.isPrimary || !grid.place(view, grid.at(point))) return;
    svg.setPointerCapture(event.pointerId);
    [last, start] = [point, { x: event.clientX, y: event.clientY }];
  });
  svg.addEventListener("pointermove", (event) => {
    if (!last || tool === "worst") return;
    if (start) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < TAP_PIXELS) return;
      painting.remember();
      start = null;
    }
    for (const step of event.getCoalescedEvents?.() ?? [event]) {
      const point = pointOf(step);
      along(last, point);
      last = point;
    }
    show(false);
  });
  svg.addEventListener("pointerup", (event) => {
    if (!last) return;
    const point = pointOf(event);
    const place = grid.place(view, grid.at(point));
    if (tool === "worst") pin(view, point);
    else if (start && tool === "paint" && place) toggle(place);
    else if (start && place) {
      painting.remember();
      along(point, point);
      painting.now.places.delete(place);
      show();
    } else show();
    [last, start] = [null, null];
  });
  svg.addEventListener("pointercancel", () => {
    if (last && !start) painting.undo(); // the finger went on to scroll
    [last, start] = [null, null];
    show(false);
  });
}

// A link into the closed list opens it.
one<HTMLAnchorElement>('a[href="#list"]').addEventListener("click", () => {
  one<HTMLDetailsElement>("#list").open = true;
});

function press(buttons: HTMLButtonElement[], chosen: HTMLButtonElement): void {
  for (const button of buttons) button.setAttribute("aria-pressed", String(button === chosen));
}

function start(): void {
  one<HTMLElement>(".chart__tools").hidden = false;
  one<HTMLElement>(".where__scripts").hidden = false;
  one<HTMLElement>(".where__plain").hidden = true;
  chart.classList.add("chart--live");
  one<HTMLDetailsElement>("#list").open = painting.now.places.size > 0;
  chart.dataset["showing"] = "back";
  const views = all<HTMLButtonElement>("[data-show]");
  for (const button of views) {
    button.addEventListener("click", () => {
      chart.dataset["showing"] = button.dataset["show"] ?? "back";
      press(views, button);
    });
  }
  const tools = all<HTMLButtonElement>("[data-tool]");
  for (const button of tools) {
    button.addEventListener("click", () => {
      tool = button.dataset["tool"] as Tool;
      chart.dataset["tool"] = tool;
      press(tools, button);
    });
  }
  one<HTMLButtonElement>('[data-do="undo"]').addEventListener("click", () => {
    if (painting.undo()) show();
    else say("There is nothing to undo.");
  });
  one<HTMLButtonElement>('[data-do="clear"]').addEventListener("click", () => {
    painting.remember();
    painting.clear();
    show();
    say("All marks are gone. Undo brings them back.");
  });
  const closer = one<HTMLButtonElement>('[data-do="closer"]');
  closer.addEventListener("click", () => {
    const near = closer.getAttribute("aria-pressed") !== "true";
    closer.setAttribute("aria-pressed", String(near));
    for (const [view, svg] of drawings) {
      svg.setAttribute("viewBox", (near ? CLOSER[view] : wholes.get(view)) ?? "");
    }
  });
  for (const [place, box] of boxes) {
    box.addEventListener("change", () => {
      painting.remember();
      if (box.checked) painting.now.places.add(place);
      else unmark(place);
      show();
    });
  }
  worst.addEventListener("change", () => {
    painting.remember();
    painting.now.spot = null;
    painting.now.worstPlace = worst.value;
    show();
  });
  for (const [view, svg] of drawings) listen(view, svg);
  lit = new Set([...grid.filled(painting.now.painted), ...painting.now.places]);
  show(false);
}

start();
