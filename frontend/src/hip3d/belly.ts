// The surface of a muscle: rings along its path, as wide and thick as the scene says, tendon at the ends.
import type { Part } from "./scene";
import type { Vec } from "./motion";

export const RINGS = 31;
export const SIDES = 14;
const TENDON_M = 0.0032;

/** Numbers for the drawing of one part, filled again whenever the joint moves. */
export interface Belly {
  position: Float32Array;
  normal: Float32Array;
  /** Share along the path, angle round it, and how much of it is flesh: for the shader. */
  grain: Float32Array;
  index: Uint16Array;
  /** Every other ring and side, for slow machines while they move. */
  coarse: Uint16Array;
  /** Middle of the flesh, for a label. */
  middle: Vec;
}

export function newBelly(part: Part): Belly {
  const count = RINGS * (SIDES + 1);
  const grain = new Float32Array(3 * count);
  for (let r = 0; r < RINGS; r++) {
    const along = r / (RINGS - 1);
    for (let s = 0; s <= SIDES; s++) {
      const i = r * (SIDES + 1) + s;
      grain.set([along, s / SIDES, flesh(part, along)], 3 * i);
    }
  }
  return {
    position: new Float32Array(3 * count),
    normal: new Float32Array(3 * count),
    grain,
    index: triangles(1),
    coarse: triangles(2),
    middle: [0, 0, 0],
  };
}

function triangles(step: number): Uint16Array {
  const index: number[] = [];
  for (let r = 0; r + step < RINGS; r += step) {
    for (let s = 0; s < SIDES; s += step) {
      const [here, next] = [r * (SIDES + 1) + s, (r + step) * (SIDES + 1) + s];
      index.push(here, next, here + step, here + step, next, next + step);
    }
  }
  return new Uint16Array(index);
}

const smooth = (x: number): number => {
  const t = Math.min(Math.max(x, 0), 1);
  return t * t * (3 - 2 * t);
};

function flesh(part: Part, along: number): number {
  const [from, to] = part.belly;
  return smooth((along - from + 0.06) / 0.12) * (1 - smooth((along - to + 0.08) / 0.16));
}

function widthAt(part: Part, along: number): number {
  const [from, to] = part.belly;
  const [first, middle, last] = part.width_m;
  const u = (along - from) / (to - from);
  return u < 0.45 ? first + (middle - first) * smooth(u / 0.45) : middle + (last - middle) * smooth((u - 0.45) / 0.55);
}

function thicknessAt(part: Part, along: number): number {
  const [from, to] = part.belly;
  const u = Math.min(Math.max((along - from) / (to - from), 0), 1);
  return TENDON_M + (part.thickness_m - TENDON_M) * Math.pow(Math.sin(Math.PI * Math.pow(u, 0.92)), 0.75);
}

/** Ends are round, not sawn off. */
function roundOff(along: number): number {
  const left = 1 - Math.min(Math.min(along, 1 - along) / 0.075, 1);
  return Math.max(Math.sqrt(1 - left * left), 0.3);
}

/** Corners cut twice, ends kept: a muscle does not kink at a point of its path. */
function rounded(points: Vec[]): Vec[] {
  let now = points;
  for (let pass = 0; pass < 2; pass++) {
    const next: Vec[] = [now[0]!];
    for (let i = 0; i + 1 < now.length; i++) {
      const [p, q] = [now[i]!, now[i + 1]!];
      if (i > 0) next.push(mix(p, q, 0.25));
      if (i + 2 < now.length) next.push(mix(p, q, 0.75));
    }
    next.push(now[now.length - 1]!);
    now = next;
  }
  return now;
}

const mix = (p: Vec, q: Vec, t: number): Vec => [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1]), p[2] + t * (q[2] - p[2])];
const minus = (p: Vec, q: Vec): Vec => [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
const dot = (p: Vec, q: Vec): number => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
const cross = (p: Vec, q: Vec): Vec => [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
const unit = (p: Vec): Vec => {
  const size = Math.hypot(...p) || 1;
  return [p[0] / size, p[1] / size, p[2] / size];
};

/** Points at equal steps along a path. */
export function stations(points: Vec[], count: number): Vec[] {
  const way = [0];
  for (let i = 1; i < points.length; i++) way.push(way[i - 1]! + Math.hypot(...minus(points[i]!, points[i - 1]!)));
  const total = way[way.length - 1]!;
  const out: Vec[] = [];
  let k = 0;
  for (let i = 0; i < count; i++) {
    const at = (total * i) / (count - 1);
    while (k + 2 < points.length && way[k + 1]! < at) k++;
    const span = way[k + 1]! - way[k]! || 1;
    out.push(mix(points[k]!, points[k + 1]!, Math.min((at - way[k]!) / span, 1)));
  }
  return out;
}

/** Directions away from the bone: from the nearest point of hip centre to knee, smoothed along the path. */
function outwards(path: Vec[], tangents: Vec[], knee: Vec): Vec[] {
  const length = dot(knee, knee);
  let found = path.map((p, i) => {
    const t = Math.min(Math.max(dot(p, knee) / length, 0), 1);
    const away = minus(p, [knee[0] * t, knee[1] * t, knee[2] * t]);
    const along = tangents[i]!;
    const lean = dot(away, along);
    // Left at their length: near the bone the direction is unsteady, and short there, so that its neighbours decide.
    return [away[0] - lean * along[0], away[1] - lean * along[1], away[2] - lean * along[2]] as Vec;
  });
  for (let pass = 0; pass < 12; pass++) {
    found = found.map((n, i): Vec => {
      const [a, b] = [found[Math.max(i - 1, 0)]!, found[Math.min(i + 1, found.length - 1)]!];
      return [(a[0] + 2 * n[0] + b[0]) / 4, (a[1] + 2 * n[1] + b[1]) / 4, (a[2] + 2 * n[2] + b[2]) / 4];
    });
  }
  return found.map((n, i) => {
    const along = tangents[i]!;
    const lean = dot(n, along);
    return unit([n[0] - lean * along[0], n[1] - lean * along[1], n[2] - lean * along[2]]);
  });
}

/** Fill the surface along a path of the pelvis frame; `stretch` is its length by the length when standing. */
export function shapeBelly(belly: Belly, part: Part, points: Vec[], stretch: number, knee: Vec): void {
  const raw = stations(rounded(points), RINGS);
  const tangentOf = (path: Vec[], i: number): Vec => unit(minus(path[Math.min(i + 1, RINGS - 1)]!, path[Math.max(i - 1, 0)]!));
  const normals = outwards(raw, raw.map((_, i) => tangentOf(raw, i)), knee);
  // A lengthened muscle gets thinner: it keeps its volume.
  const thin = Math.min(Math.max(1 / Math.sqrt(stretch), 0.75), 1.25);
  const path = raw.map((p, i): Vec => {
    const lift = part.lift_m * Math.pow(Math.sin((Math.PI * i) / (RINGS - 1)), 0.7);
    const n = normals[i]!;
    return [p[0] + lift * n[0], p[1] + lift * n[1], p[2] + lift * n[2]];
  });
  for (let r = 0; r < RINGS; r++) {
    const along = r / (RINGS - 1);
    const tangent = tangentOf(path, r);
    const side = unit(cross(tangent, normals[r]!));
    const out = cross(side, tangent);
    const end = roundOff(along);
    const half = 0.5 * widthAt(part, along) * thin * end;
    const thick = 0.5 * Math.max(thicknessAt(part, along) * thin, TENDON_M) * end;
    const centre = path[r]!;
    for (let s = 0; s <= SIDES; s++) {
      const angle = (2 * Math.PI * s) / SIDES;
      const [c, d] = [Math.cos(angle), Math.sin(angle)];
      const i = 3 * (r * (SIDES + 1) + s);
      for (let axis = 0; axis < 3; axis++) {
        belly.position[i + axis] = centre[axis]! + half * c * side[axis]! + thick * d * out[axis]!;
        belly.normal[i + axis] = (c / Math.max(half, 1e-4)) * side[axis]! + (d / Math.max(thick, 1e-4)) * out[axis]!;
      }
    }
  }
  belly.middle = path[Math.round((RINGS - 1) * 0.5 * (part.belly[0] + part.belly[1]))]!;
  tilt(belly);
}

/** Make normals of length one, leaning with the change of width along the muscle. */
function tilt(belly: Belly): void {
  const { position, normal } = belly;
  const row = 3 * (SIDES + 1);
  const at = (array: Float32Array, i: number): Vec => [array[i]!, array[i + 1]!, array[i + 2]!];
  for (let r = 0; r < RINGS; r++) {
    for (let s = 0; s <= SIDES; s++) {
      const i = r * row + 3 * s;
      const along = unit(minus(at(position, Math.min(r + 1, RINGS - 1) * row + 3 * s), at(position, Math.max(r - 1, 0) * row + 3 * s)));
      const n = unit(at(normal, i));
      const lean = dot(n, along);
      normal.set(unit([n[0] - lean * along[0], n[1] - lean * along[1], n[2] - lean * along[2]]), i);
    }
  }
}
