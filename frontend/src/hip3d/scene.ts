// What the server says of the hip, as deepsix.hip.scene writes it. Metres and degrees; x to the front, y up, z to the right.

export interface Wrap {
  segment: number;
  body: number;
  centre_m: number[];
  frame: number[];
  radius_m: number;
  sense: number;
}

export interface Line {
  points_m: number[][];
  bodies: number[];
  knee: number;
  rest_m: number;
  wrap?: Wrap;
}

export interface Part {
  id: string;
  name: string;
  muscle: string;
  layer: string;
  line: number;
  width_m: [number, number, number];
  thickness_m: number;
  lift_m: number;
  belly: [number, number];
  weights: [number, number][];
  fibre_m: number;
  along: number;
  across: number;
  shortest: number;
  rest: number;
  comfortable_to: number;
  too_far_from: number;
  felt: Record<string, number>;
  press: string[];
}

export interface Place {
  id: string;
  body: number;
  centre_m: number[];
  radii_m: number[];
}

export interface Scene {
  angles: { id: string; low: number; high: number }[];
  bodies: string[];
  layers: string[];
  knee_step_deg: number;
  knees: number[][][][];
  bone_knee: number;
  lines: Line[];
  parts: Part[];
  places: Place[];
}

/** Flexion, adduction, internal rotation and knee flexion, degrees. */
export type Posture = readonly [number, number, number, number];
export const STANDING: Posture = [0, 0, 0, 0];
