// Where the eye is: round the hip by two angles and a distance, eased from place to place.
import { PerspectiveCamera, Vector3 } from "three";

export interface Gaze {
  turn: number;
  rise: number;
  distance: number;
  at: Vector3;
}

export const VIEWS: Record<string, { turn: number; rise: number }> = {
  start: { turn: -128, rise: 8 },
  back: { turn: -180, rise: 2 },
  side: { turn: -90, rise: 4 },
  front: { turn: 0, rise: 2 },
};
const NEAREST_M = 0.22;
const FARTHEST_M = 2.4;
const FIELD_DEG = 26;
const TOP_M = 0.205; // what is at the upper edge of the picture to begin with: a little above the pelvis

/** Degrees about the vertical: 0 looks from the front, -90 at the outside of a right hip, -180 from behind. */
export class Eye {
  readonly camera = new PerspectiveCamera(FIELD_DEG, 1, 0.05, 6);
  now: Gaze;
  private from: Gaze | null = null;
  private to: Gaze | null = null;
  private share = 0;

  constructor(private readonly home: Gaze) {
    this.now = copy(home);
    this.apply();
  }

  turn(degrees: number, rise: number): void {
    this.to = null;
    this.now.turn += degrees;
    this.now.rise = Math.max(-80, Math.min(80, this.now.rise + rise));
    this.apply();
  }

  zoom(factor: number): void {
    this.to = null;
    this.now.distance = Math.max(NEAREST_M, Math.min(FARTHEST_M, this.now.distance * factor));
    this.apply();
  }

  /** Shift the point looked at, in shares of the height of the picture. */
  shift(right: number, up: number): void {
    const height = 2 * this.now.distance * Math.tan((this.camera.fov * Math.PI) / 360);
    const x = new Vector3().setFromMatrixColumn(this.camera.matrix, 0);
    const y = new Vector3().setFromMatrixColumn(this.camera.matrix, 1);
    this.now.at.addScaledVector(x, right * height).addScaledVector(y, up * height);
    this.now.at.clampScalar(-0.6, 0.6);
    this.apply();
  }

  go(target: Partial<Gaze>, atOnce: boolean): void {
    const to = { ...copy(this.now), ...target };
    to.turn = this.now.turn + ((((to.turn - this.now.turn) % 360) + 540) % 360) - 180;
    if (atOnce) {
      this.to = null;
      this.now = copy(to);
      this.apply();
      return;
    }
    [this.from, this.to, this.share] = [copy(this.now), copy(to), 0];
  }

  reset(atOnce: boolean): void {
    this.go(this.home, atOnce);
  }

  fit(width: number, height: number): void {
    this.camera.aspect = width / height;
    // A narrow picture looks from further back, so that the pelvis stays whole.
    this.camera.fov = FIELD_DEG * Math.max(1, Math.min(1.7, 1.0 / this.camera.aspect));
    this.camera.updateProjectionMatrix();
    const untouched = this.now.at.equals(this.home.at) && this.now.distance === this.home.distance;
    this.home.at.y = TOP_M - this.home.distance * Math.tan((this.camera.fov * Math.PI) / 360);
    if (untouched) this.now.at.copy(this.home.at);
    this.apply();
  }

  /** Move on; true while still moving. */
  step(seconds: number): boolean {
    if (!this.to || !this.from) return false;
    this.share = Math.min(this.share + seconds / 0.45, 1);
    const t = this.share * this.share * (3 - 2 * this.share);
    const blend = (a: number, b: number): number => a + t * (b - a);
    this.now = {
      turn: blend(this.from.turn, this.to.turn),
      rise: blend(this.from.rise, this.to.rise),
      distance: blend(this.from.distance, this.to.distance),
      at: this.from.at.clone().lerp(this.to.at, t),
    };
    this.apply();
    if (this.share >= 1) this.to = null;
    return true;
  }

  private apply(): void {
    const [turn, rise] = [(this.now.turn * Math.PI) / 180, (this.now.rise * Math.PI) / 180];
    const away = new Vector3(Math.cos(turn) * Math.cos(rise), Math.sin(rise), -Math.sin(turn) * Math.cos(rise));
    this.camera.position.copy(this.now.at).addScaledVector(away, this.now.distance);
    this.camera.lookAt(this.now.at);
    this.camera.updateMatrixWorld();
  }
}

const copy = (gaze: Gaze): Gaze => ({ ...gaze, at: gaze.at.clone() });
