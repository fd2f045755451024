// The controls round the picture: plain buttons, sliders and a list, which the server wrote and this brings to life.
import type { Bone } from "./bones";
import type { Stretch } from "./model";
import type { Posture, Scene } from "./scene";
import { STANDING } from "./scene";
import { Viewer } from "./viewer";

/** What the template puts beside the picture, as JSON. */
interface Options {
  culprits: Record<string, number>;
  side: string;
  start: Posture;
  /** Words for a stretch, from the least share upwards; the first whose `to` is above it counts. */
  stretch_words: { to: number; words: string }[];
  too_far_words: string;
  chance_words: Record<string, string>;
  peel_words: string[];
  angle_words: { low: string; high: string; rest: string }[];
}

export class Panel {
  private readonly viewer: Viewer;
  private readonly options: Options;
  private readonly sliders: HTMLInputElement[];
  private readonly rows = new Map<string, HTMLElement>();

  /** Throws where the browser has no WebGL. */
  constructor(
    private readonly root: HTMLElement,
    private readonly scene: Scene,
    bones: Bone[],
  ) {
    this.options = JSON.parse(this.one<HTMLScriptElement>("script[type='application/json']").text) as Options;
    const stage = this.one("[data-stage]");
    stage.hidden = false;
    try {
      this.viewer = new Viewer(stage, this.one<HTMLCanvasElement>("canvas"), scene, bones, this.options.culprits, this.options.side);
    } catch (problem) {
      stage.hidden = true;
      throw problem;
    }
    this.sliders = [...root.querySelectorAll<HTMLInputElement>("[data-angle]")];
    for (const row of root.querySelectorAll<HTMLElement>("[data-part]")) this.rows.set(row.dataset["part"]!, row);
  }

  start(): void {
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-only-3d]")) part.hidden = false;
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-only-flat]")) part.hidden = true;
    const { viewer } = this;
    this.wireEye();
    this.wireLayers();
    this.wireJoint();
    for (const [part, row] of this.rows) {
      row.querySelector("[data-pick]")?.addEventListener("click", () => {
        this.uncover(part);
        this.select(viewer.shown.selected === part ? null : part);
        if (viewer.shown.selected) viewer.canvas.scrollIntoView({ block: "nearest" });
      });
      row.querySelector("[data-alone]")?.addEventListener("click", () => {
        this.isolate(viewer.shown.isolated === part ? null : part);
        if (viewer.shown.isolated) viewer.canvas.scrollIntoView({ block: "nearest" });
      });
    }
    viewer.onPick = (part) => this.select(part);
    viewer.onPose = () => this.tellStretch();
    const first = Object.keys(this.options.culprits)[0];
    if (first) this.uncover(first);
    this.labels();
    this.setPosture(this.options.start, false);
    viewer.update(true);
  }

  private one<T extends HTMLElement = HTMLElement>(query: string): T {
    const found = this.root.querySelector<T>(query);
    if (!found) throw new Error(`The 3D hip has no ${query}.`);
    return found;
  }

  private on(query: string, type: string, act: (element: HTMLInputElement) => void): void {
    for (const element of this.root.querySelectorAll<HTMLInputElement>(query)) element.addEventListener(type, () => act(element));
  }

  private wireEye(): void {
    const { viewer } = this;
    this.on("[data-view]", "click", (button) => viewer.look(button.dataset["view"]!));
    this.on("[data-zoom]", "click", (button) => {
      viewer.eye.zoom(button.dataset["zoom"] === "in" ? 0.8 : 1.25);
      viewer.ask();
    });
    this.on("[data-reset]", "click", () => {
      viewer.shown.isolated = null;
      this.peel(0);
      this.select(null);
      this.setPosture(STANDING, true);
      viewer.reset();
    });
  }

  private wireLayers(): void {
    const { viewer } = this;
    this.on("[data-peel]", "input", (slider) => {
      viewer.shown.isolated = null;
      this.peel(Number(slider.value));
      this.refresh();
    });
    this.on("[data-colour]", "change", (radio) => {
      viewer.shown.colourBy = radio.value === "stretch" ? "stretch" : "depth";
      this.root.dataset["colour"] = viewer.shown.colourBy;
      this.refresh();
    });
    this.on("[data-layer]", "change", (box) => {
      viewer.shown[box.dataset["layer"] === "press" ? "press" : "felt"] = box.checked;
      this.refresh();
    });
    for (const box of this.root.querySelectorAll<HTMLInputElement>("[data-layer]")) {
      viewer.shown[box.dataset["layer"] === "press" ? "press" : "felt"] = box.checked;
    }
  }

  private wireJoint(): void {
    this.on("[data-angle]", "input", () => {
      this.viewer.pose(this.sliders.map((slider) => Number(slider.value)) as unknown as Posture, false);
      this.one<HTMLSelectElement>("[data-preset]").value = "";
    });
    this.on("[data-preset]", "change", (list) => {
      const angles = (list as unknown as HTMLSelectElement).selectedOptions[0]?.dataset["angles"];
      if (angles) this.setPosture(angles.split(" ").map(Number) as unknown as Posture, true);
    });
  }

  private setPosture(posture: Posture, eased: boolean): void {
    this.sliders.forEach((slider, i) => (slider.value = String(posture[i])));
    this.viewer.pose(posture, eased);
    this.tellStretch();
  }

  private select(part: string | null): void {
    const { shown } = this.viewer;
    shown.selected = part;
    if (shown.isolated && part !== shown.isolated) shown.isolated = null;
    this.refresh();
  }

  private isolate(part: string | null): void {
    this.viewer.shown.isolated = part;
    this.viewer.shown.selected = part;
    this.refresh();
  }

  private refresh(): void {
    const { shown } = this.viewer;
    for (const [part, row] of this.rows) {
      row.querySelector("[data-pick]")?.setAttribute("aria-pressed", String(part === shown.selected));
      row.querySelector("[data-alone]")?.setAttribute("aria-pressed", String(part === shown.isolated));
    }
    this.card(shown.selected);
    this.labels();
    this.viewer.update();
  }

  /** The facts of the chosen muscle, from its row in the list. */
  private card(part: string | null): void {
    const card = this.one("[data-card]");
    const row = part ? this.rows.get(part) : undefined;
    card.querySelector("[data-hint]")!.toggleAttribute("hidden", Boolean(row));
    const facts = card.querySelector<HTMLElement>("[data-facts]")!;
    facts.hidden = !row;
    if (!row || !part) return;
    facts.replaceChildren();
    const title = document.createElement("p");
    title.className = "hip3d__card-name";
    title.textContent = row.querySelector("[data-name]")?.textContent ?? "";
    facts.append(title);
    for (const fact of row.querySelectorAll("[data-fact]")) facts.append(fact.cloneNode(true));
    const alone = document.createElement("button");
    alone.type = "button";
    alone.className = "hip3d__button";
    alone.textContent = row.querySelector("[data-alone]")?.textContent ?? "";
    alone.setAttribute("aria-pressed", String(this.viewer.shown.isolated === part));
    alone.addEventListener("click", () => this.isolate(this.viewer.shown.isolated === part ? null : part));
    facts.append(alone);
  }

  private labels(): void {
    const { shown } = this.viewer;
    const box = this.one("[data-labels]");
    const named = shown.selected ? [shown.selected] : Object.keys(this.options.culprits).slice(0, 1);
    this.viewer.labels = named.map((part) => {
      const element = document.createElement("span");
      element.className = "hip3d__label";
      const name = this.rows.get(part)?.querySelector("[data-name]")?.textContent ?? part;
      const inner = document.createElement("span");
      inner.textContent = name;
      const chance = this.options.chance_words[part];
      if (chance) {
        const small = document.createElement("small");
        small.textContent = chance;
        inner.append(small);
      }
      element.append(inner);
      return { element, part };
    });
    box.replaceChildren(...this.viewer.labels.map((label) => label.element));
  }

  /** Take layers away from outside. */
  private peel(peeled: number): void {
    this.viewer.shown.peeled = peeled;
    const words = this.options.peel_words[peeled] ?? "";
    const slider = this.one<HTMLInputElement>("[data-peel]");
    slider.value = String(peeled);
    slider.setAttribute("aria-valuetext", words);
    this.one("[data-peel-words]").textContent = words;
  }

  /** Take away what lies over a muscle. */
  private uncover(part: string): void {
    const layer = this.scene.parts.find((p) => p.id === part)?.layer ?? "";
    const depth = Math.max(this.scene.layers.indexOf(layer), 0);
    if (this.viewer.shown.peeled !== depth) this.peel(depth);
  }

  private stretchWords(stretch: Stretch): string {
    if (stretch.tooFar) return this.options.too_far_words;
    return this.options.stretch_words.find((step) => stretch.share < step.to)?.words ?? this.options.too_far_words;
  }

  private tellStretch(): void {
    this.sliders.forEach((slider, i) => {
      const words = this.options.angle_words[i]!;
      const value = Math.round(Number(slider.value));
      const told = value === 0 ? words.rest : `${Math.abs(value)}° ${value > 0 ? words.high : words.low}`;
      slider.setAttribute("aria-valuetext", told);
      const output = slider.closest("label, div")?.querySelector("output");
      if (output) output.textContent = told;
    });
    for (const { part, stretch } of this.viewer.model.muscles) {
      const words = this.stretchWords(stretch);
      for (const told of this.root.querySelectorAll(`[data-stretch-of="${part.id}"]`)) told.textContent = words;
    }
  }
}
