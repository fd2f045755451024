// Reads the file of the bones, written by frontend/bones.py.
import { BufferAttribute, BufferGeometry } from "three";

export interface Bone {
  name: string;
  body: string;
  geometry: BufferGeometry;
  /** Fewer triangles over the same points, for slow machines while they move. */
  coarse: BufferAttribute;
}

interface Header {
  step_m: number;
  meshes: { name: string; body: string; points: number; triangles: number; coarse: number; middle_m: number[] }[];
}

const padded = (bytes: number): number => bytes + ((4 - (bytes % 4)) % 4);

export function readBones(file: ArrayBuffer): Bone[] {
  const view = new DataView(file);
  if (view.getUint32(0, false) !== 0x4436424e) throw new Error("This is not a file of bones. Build the pages again.");
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length))) as Header;
  let offset = 8 + length;
  return header.meshes.map((mesh) => {
    const raw = new Int16Array(file, offset, 3 * mesh.points);
    offset += padded(raw.byteLength);
    const index = new Uint16Array(file, offset, 3 * mesh.triangles);
    offset += padded(index.byteLength);
    const coarse = new Uint16Array(file, offset, 3 * mesh.coarse);
    offset += padded(coarse.byteLength);
    const position = Float32Array.from(raw, (value, i) => value * header.step_m + mesh.middle_m[i % 3]!);
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(position, 3));
    geometry.setIndex(new BufferAttribute(index, 1));
    geometry.computeVertexNormals();
    geometry.setAttribute("hollow", new BufferAttribute(hollows(position, geometry.getAttribute("normal").array, index), 1));
    return { name: mesh.name, body: mesh.body, geometry, coarse: new BufferAttribute(coarse, 1) };
  });
}

/** How hollow the surface is at each point, -1 to 1: neighbours above it make a hollow, which is drawn darker. */
function hollows(position: Float32Array, normal: ArrayLike<number>, index: Uint16Array): Float32Array {
  const count = position.length / 3;
  let found = new Float32Array(count);
  const size = new Float32Array(count);
  const join = (i: number, j: number): void => {
    let height = 0;
    let way = 0;
    for (let c = 0; c < 3; c++) {
      const d = position[3 * j + c]! - position[3 * i + c]!;
      height += d * normal[3 * i + c]!;
      way += d * d;
    }
    found[i]! += height / Math.sqrt(way || 1);
    size[i]! += 1;
  };
  for (let t = 0; t < index.length; t += 3) {
    const [a, b, c] = [index[t]!, index[t + 1]!, index[t + 2]!];
    join(a, b);
    join(b, c);
    join(c, a);
  }
  found = found.map((value, i) => Math.max(-1, Math.min(1, (4 * value) / Math.max(size[i]!, 1))));
  // Twice the mean over neighbours, so that single triangles do not show.
  for (let pass = 0; pass < 2; pass++) {
    const sum = new Float32Array(count);
    const seen = new Float32Array(count);
    for (let t = 0; t < index.length; t += 3) {
      const [a, b, c] = [index[t]!, index[t + 1]!, index[t + 2]!];
      const mean = (found[a]! + found[b]! + found[c]!) / 3;
      for (const i of [a, b, c]) {
        sum[i]! += mean;
        seen[i]! += 1;
      }
    }
    found = sum.map((value, i) => value / Math.max(seen[i]!, 1));
  }
  return found;
}
