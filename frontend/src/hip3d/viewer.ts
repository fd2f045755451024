// Draws the model when something changed, and only then; turns hands and keys into movement of the eye.
import { Scene as ThreeScene, SRGBColorSpace, Vector3, WebGLRenderer } from "three";
import type { Bone } from "./bones";
import { Eye, VIEWS } from "./eye";
import { readPalette } from "./look";
import { Model, type Shown } from "./model";
import type { Posture, Scene } from "./scene";

// Edges are smoothed by drawing two pixels for one each way, which costs far less than multisampling where there is no
// graphics card. A picture that takes longer than SLOW_MS while moving is drawn coarser until it rests.
const PIXELS = 2;
const SLOW_MS = 30;
const COARSE = 0.5;
const COARSEST = 0.35;
const TURN_A_KEY = 12;
const POSE_SECONDS = 0.5;

export interface Label {
  element: HTMLElement;
  part: string;
}

export class Viewer {
  readonly model: Model;
  readonly eye: Eye;
  readonly shown: Shown = { colourBy: "depth", peeled: 0, isolated: null, selected: null, press: false, felt: false };
  labels: Label[] = [];
  onPick: (part: string | null) => void = () => {};
  onPose: () => void = () => {};
  private readonly three = new ThreeScene();
  private readonly renderer: WebGLRenderer;
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");
  private palette;
  private dirty = true;
  private queued = 0;
  private last = 0;
  private detail = 1;
  private slow = 0;
  private poseFrom: Posture | null = null;
  private poseTo: Posture | null = null;
  private poseShare = 0;
  private pictures = 0;

  /** Throws where the browser has no WebGL. */
  constructor(
    private readonly stage: HTMLElement,
    readonly canvas: HTMLCanvasElement,
    scene: Scene,
    bones: Bone[],
    culprits: Record<string, number>,
    side: string,
  ) {
    // Out of the flow, so that its own size can never make the stage grow.
    Object.assign(canvas.style, { position: "absolute", inset: "0" });
    this.renderer = new WebGLRenderer({ canvas, antialias: false, alpha: true, powerPreference: "low-power" });
    this.renderer.outputColorSpace = SRGBColorSpace;
    this.model = new Model(scene, bones, culprits, side);
    this.three.add(this.model.group);
    const mirror = side === "left" ? -1 : 1;
    this.eye = new Eye({ turn: mirror * VIEWS.start!.turn, rise: VIEWS.start!.rise, distance: 0.92, at: new Vector3(-0.02, 0, -0.03 * mirror) });
    this.palette = readPalette(stage);
    this.hands();
    new ResizeObserver(() => this.fit()).observe(stage);
    const themes = new MutationObserver(() => this.repaint());
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
    canvas.addEventListener("webglcontextrestored", () => this.ask());
    this.update(true);
    this.fit();
  }

  get mirror(): number {
    return this.model.group.scale.z < 0 ? -1 : 1;
  }

  /** Apply what is to be shown and ask for a picture. */
  update(atOnce = false): void {
    this.model.show(this.shown, this.palette);
    if (atOnce || this.calm.matches) this.model.fade(0, true);
    this.ask();
  }

  look(view: string): void {
    const wanted = VIEWS[view];
    if (wanted) this.eye.go({ turn: wanted.turn * this.mirror, rise: wanted.rise }, this.calm.matches);
    this.ask();
  }

  reset(): void {
    this.eye.reset(this.calm.matches);
    this.ask();
  }

  /** Move the joint, eased when asked. */
  pose(posture: Posture, eased: boolean): void {
    if (eased && !this.calm.matches) {
      [this.poseFrom, this.poseTo, this.poseShare] = [this.model.posture, posture, 0];
    } else {
      this.poseTo = null;
      this.bend(posture);
    }
    this.ask();
  }

  private bend(posture: Posture): void {
    this.model.pose(posture);
    this.model.show(this.shown, this.palette);
    this.onPose();
  }

  private repaint(): void {
    this.palette = readPalette(this.stage);
    this.update();
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (width === 0 || height === 0) return;
    this.eye.fit(width, height);
    this.size();
    this.ask();
  }

  private size(): void {
    this.renderer.setPixelRatio(PIXELS * this.detail);
    this.renderer.setSize(this.stage.clientWidth, this.stage.clientHeight, false);
  }

  /** Ask for a picture at the next chance. */
  ask(): void {
    this.dirty = true;
    if (this.queued === 0) this.queued = requestAnimationFrame((now) => this.tick(now));
  }

  private tick(now: number): void {
    this.queued = 0;
    const since = this.last ? now - this.last : 16;
    const seconds = Math.min(since, 60) / 1000;
    this.last = now;
    let moving = this.eye.step(seconds);
    moving = this.stepPose(seconds) || moving;
    moving = this.model.fade(seconds, this.calm.matches) || moving;
    if (!this.dirty && !moving) {
      this.last = 0;
      if (this.detail < 1) this.coarser(1);
      else return;
    } else if (since > SLOW_MS && since < 400 && this.detail > COARSEST) {
      this.slow += 1;
      if (this.detail === 1 || this.slow > 20) this.coarser(this.detail === 1 ? COARSE : COARSEST);
    }
    this.dirty = false;
    this.model.face(this.eye.camera);
    this.renderer.render(this.three, this.eye.camera);
    this.placeLabels();
    this.pictures += 1;
    this.canvas.dataset["pictures"] = String(this.pictures); // counts pictures, for whoever measures
    this.queued = requestAnimationFrame((next) => this.tick(next));
  }

  private coarser(detail: number): void {
    this.detail = detail;
    this.slow = 0;
    this.model.refine(detail === 1);
    this.size();
  }

  private stepPose(seconds: number): boolean {
    if (!this.poseTo || !this.poseFrom) return false;
    this.poseShare = Math.min(this.poseShare + seconds / POSE_SECONDS, 1);
    const t = this.poseShare * this.poseShare * (3 - 2 * this.poseShare);
    const [from, to] = [this.poseFrom, this.poseTo];
    if (this.poseShare >= 1) this.poseTo = null;
    this.bend(from.map((angle, i) => angle + t * (to[i]! - angle)) as unknown as Posture);
    return true;
  }

  private placeLabels(): void {
    const { clientWidth: width, clientHeight: height } = this.stage;
    for (const { element, part } of this.labels) {
      const at = this.model.middleOf(part)?.project(this.eye.camera);
      const inside = at && Math.abs(at.x) < 1 && Math.abs(at.y) < 1;
      element.hidden = !inside;
      if (!inside) continue;
      const x = Math.min(Math.max(((at.x + 1) / 2) * width, 70), width - 70);
      element.style.transform = `translate(${x.toFixed(1)}px, ${(((1 - at.y) / 2) * height).toFixed(1)}px)`;
    }
  }

  private hands(): void {
    const { canvas, eye } = this;
    const fingers = new Map<number, { x: number; y: number }>();
    let travelled = 0;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      travelled = fingers.size > 1 ? Infinity : 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      const was = fingers.get(event.pointerId);
      if (!was) return;
      const [dx, dy] = [event.clientX - was.x, event.clientY - was.y];
      travelled += Math.hypot(dx, dy);
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const apart = (p: { x: number; y: number }): number => Math.hypot(p.x - other.x, p.y - other.y) || 1;
        eye.zoom(apart(was) / apart({ x: event.clientX, y: event.clientY }));
        eye.shift(-dx / (2 * canvas.clientHeight), dy / (2 * canvas.clientHeight));
      } else if (event.shiftKey || event.buttons === 2) {
        eye.shift(-dx / canvas.clientHeight, dy / canvas.clientHeight);
      } else {
        eye.turn(-dx * 0.5, dy * 0.4);
      }
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.ask();
    });
    const lift = (event: PointerEvent): void => {
      if (!fingers.delete(event.pointerId) || event.type === "pointercancel" || travelled > 8) return;
      const box = canvas.getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      this.onPick(this.model.pick(2 * x - 1, 1 - 2 * y, eye.camera));
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener(
      "wheel",
      (event) => {
        // Scrolling the page over the picture scrolls the page; zooming takes a pinch, Ctrl or a click before it.
        if (!event.ctrlKey && document.activeElement !== canvas) return;
        event.preventDefault();
        eye.zoom(Math.exp(event.deltaY * 0.0016));
        this.ask();
      },
      { passive: false },
    );
    canvas.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const turns: Record<string, [number, number]> = {
        ArrowLeft: [-TURN_A_KEY, 0],
        ArrowRight: [TURN_A_KEY, 0],
        ArrowUp: [0, TURN_A_KEY],
        ArrowDown: [0, -TURN_A_KEY],
      };
      const turn = turns[event.key];
      if (turn) eye.turn(...turn);
      else if (event.key === "+" || event.key === "=") eye.zoom(0.88);
      else if (event.key === "-") eye.zoom(1 / 0.88);
      else if (event.key === "0" || event.key === "Home") this.reset();
      else if (event.key === "Escape") this.onPick(null);
      else return;
      event.preventDefault();
      this.ask();
    });
  }
}
