// Poses the hip: where each line runs in a posture, how long it is, and how far that stretches each part.
//
// The same geometry as deepsix.hip (paths, wrapping and states modules), so that the joint moves without asking the
// server; a test compares lengths and stretch with it. Kept free of the DOM and of three.
import type { Line, Part, Posture, Scene } from "./scene";

export type Vec = [number, number, number];
/** A motion p -> A p + b: the nine numbers of A, row by row, and the three of b. */
export type Motion = number[];
/** The motions of pelvis, femur, tibia and patella into the pelvis frame. */
export type Pose = Motion[];

const PELVIS = 0;
const QUARTER_TURN = Math.PI / 2;
const ARC_POINTS = 10;
const STILL: Motion = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];

export function move(m: Motion, p: ArrayLike<number>): Vec {
  const [x, y, z] = [p[0]!, p[1]!, p[2]!];
  return [
    m[0]! * x + m[1]! * y + m[2]! * z + m[9]!,
    m[3]! * x + m[4]! * y + m[5]! * z + m[10]!,
    m[6]! * x + m[7]! * y + m[8]! * z + m[11]!,
  ];
}

function moveBack(m: Motion, p: ArrayLike<number>): Vec {
  const [x, y, z] = [p[0]! - m[9]!, p[1]! - m[10]!, p[2]! - m[11]!];
  return [
    m[0]! * x + m[3]! * y + m[6]! * z,
    m[1]! * x + m[4]! * y + m[7]! * z,
    m[2]! * x + m[5]! * y + m[8]! * z,
  ];
}

/** First `inner`, then `outer`. */
function after(outer: Motion, inner: Motion): Motion {
  const out = new Array<number>(12).fill(0);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      for (let k = 0; k < 3; k++) out[3 * i + j]! += outer[3 * i + k]! * inner[3 * k + j]!;
    }
  }
  const b = move(outer, [inner[9]!, inner[10]!, inner[11]!]);
  return [...out.slice(0, 9), ...b];
}

/** Rz(flexion) Rx(adduction) Ry(internal rotation), body-fixed. */
export function thighMotion(posture: Posture): Motion {
  const [f, a, r] = posture.map((deg) => (deg * Math.PI) / 180) as Vec;
  const [cf, sf, ca, sa, cr, sr] = [Math.cos(f), Math.sin(f), Math.cos(a), Math.sin(a), Math.cos(r), Math.sin(r)];
  return [
    cf * cr - sf * sa * sr, -sf * ca, cf * sr + sf * sa * cr,
    sf * cr + cf * sa * sr, cf * ca, sf * sr - cf * sa * cr,
    -ca * sr, sa, ca * cr,
    0, 0, 0,
  ]; // prettier-ignore
}

function kneeMotion(scene: Scene, knee: number, body: number, flexionDeg: number): Motion {
  const rows = scene.knees[knee]?.[body];
  if (!rows?.length) return STILL;
  const at = Math.min(Math.max(flexionDeg / scene.knee_step_deg, 0), rows.length - 1.000001);
  const row = Math.floor(at);
  const [low, high, share] = [rows[row]!, rows[row + 1]!, at - row];
  return low.map((value, i) => value + share * (high[i]! - value));
}

/** The motions of the four bodies, for the knee of one line. */
export function poseOf(scene: Scene, posture: Posture, knee: number = scene.bone_knee): Pose {
  const thigh = thighMotion(posture);
  const [tibia, patella] = [0, 1].map((body) => after(thigh, kneeMotion(scene, knee, body, posture[3])));
  return [STILL, thigh, tibia!, patella!];
}

interface Bend {
  length: number;
  arc: Vec[];
}

function angleFrom(p: Vec, q: Vec, sense: number): number {
  const raw = Math.atan2(p[0] * q[1] - p[1] * q[0], p[0] * q[0] + p[1] * q[1]);
  if (sense > 0 && raw < -QUARTER_TURN) return raw + 2 * Math.PI;
  if (sense < 0 && raw > QUARTER_TURN) return raw - 2 * Math.PI;
  return raw;
}

/** The taut way round a cylinder about local z; null where it is not touched. See deepsix.hip.wrapping. */
function roundCylinder(p: Vec, q: Vec, publishedRadius: number, sense: number): Bend | null {
  const [pd, qd] = [Math.hypot(p[0], p[1]), Math.hypot(q[0], q[1])];
  const radius = Math.min(Math.max(2 * Math.min(pd, qd) - publishedRadius, 0), publishedRadius);
  if (radius <= 0) return null;
  const [pHalf, qHalf] = [Math.acos(Math.min(radius / pd, 1)), Math.acos(Math.min(radius / qd, 1))];
  const angle = angleFrom(p, q, sense);
  const turn = angle < 0 ? -1 : 1;
  const swept = Math.abs(angle) - pHalf - qHalf;
  if (swept <= 0) return null;
  const [pTangent, qTangent] = [pd, qd].map((d) => Math.sqrt(Math.max(d * d - radius * radius, 0))) as [number, number];
  const around = Math.max(pTangent + radius * swept + qTangent, 1e-15);
  const along = q[2] - p[2];
  const start = Math.atan2(p[1], p[0]) + turn * pHalf;
  const arc: Vec[] = [];
  for (let i = 0; i < ARC_POINTS; i++) {
    const share = i / (ARC_POINTS - 1);
    const way = pTangent + share * radius * swept;
    const at = start + turn * share * swept;
    arc.push([radius * Math.cos(at), radius * Math.sin(at), p[2] + (along * way) / around]);
  }
  return { length: Math.hypot(around, along), arc };
}

const distance = (p: Vec, q: Vec): number => Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]);

export interface Run {
  points: Vec[];
  length: number;
}

/** Where a line runs, in the pelvis frame, and how long it is. */
export function runOf(line: Line, pose: Pose): Run {
  const own = line.points_m.map((p, i) => move(pose[line.bodies[i]!]!, p));
  const points: Vec[] = [own[0]!];
  let length = 0;
  for (let i = 0; i + 1 < own.length; i++) {
    const [p, q] = [own[i]!, own[i + 1]!];
    const bend = line.wrap && line.wrap.segment === i ? bendOf(line, pose, p, q) : null;
    length += bend ? bend.length : distance(p, q);
    if (bend) points.push(...bend.arc);
    points.push(q);
  }
  return { points, length };
}

function bendOf(line: Line, pose: Pose, p: Vec, q: Vec): Bend | null {
  const wrap = line.wrap!;
  const surface = after(pose[wrap.body]!, [...wrap.frame, ...wrap.centre_m]);
  const bend = roundCylinder(moveBack(surface, p), moveBack(surface, q), wrap.radius_m, wrap.sense);
  return bend && { length: bend.length, arc: bend.arc.map((point) => move(surface, point)) };
}

/** One pose a knee, as the sources' knees differ a little. */
export function posesOf(scene: Scene, posture: Posture): Pose[] {
  return scene.knees.map((_, knee) => poseOf(scene, posture, knee));
}

export function lengthsOf(scene: Scene, posture: Posture): number[] {
  const poses = posesOf(scene, posture);
  return scene.lines.map((line) => runOf(line, poses[line.knee]!).length);
}

/** Normalised fibre length of a part, from the lengths of all lines. */
export function fibreLength(scene: Scene, part: Part, lengths: number[]): number {
  let change = 0;
  for (const [row, weight] of part.weights) change += weight * (lengths[row]! - scene.lines[row]!.rest_m);
  return Math.hypot(Math.max(part.along + change / part.fibre_m, part.shortest), part.across);
}

/** How far along from standing to the end of comfort: 0 as when standing, 1 at the end, less than 0 shorter. */
export function comfortShare(part: Part, fibre: number): number {
  return (fibre - part.rest) / (part.comfortable_to - part.rest);
}

/** Where a point of a body lies: the pose of the bones drawn. */
export function placeOf(pose: Pose, body: number, point: ArrayLike<number>): Vec {
  return body === PELVIS ? [point[0]!, point[1]!, point[2]!] : move(pose[body]!, point);
}
