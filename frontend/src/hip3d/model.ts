// The bones and muscles as three objects: posed, coloured, faded and picked.
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  Group,
  Matrix4,
  Mesh,
  Raycaster,
  RingGeometry,
  ShaderMaterial,
  SphereGeometry,
  Vector2,
  Vector3,
  type Camera,
} from "three";
import { newBelly, shapeBelly, type Belly } from "./belly";
import type { Bone } from "./bones";
import { boneMaterial, cloudMaterial, muscleMaterial, stretchColour, type Palette } from "./look";
import { comfortShare, fibreLength, move, placeOf, poseOf, posesOf, runOf, type Motion, type Vec } from "./motion";
import { STANDING, type Part, type Place, type Posture, type Scene } from "./scene";

const MIDLINE_M = -0.07726; // half the distance between the hip centres of the reference skeleton
const KNEE_POINT = [0, -0.404, 0];
const GHOST = 0.08;
const HIDDEN = 0.02;

export interface Stretch {
  share: number;
  tooFar: boolean;
}

export interface Shown {
  colourBy: "depth" | "stretch";
  /** How many layers from outside are faded: 0 none, 1 superficial, 2 middle too, 3 all. */
  peeled: number;
  isolated: string | null;
  selected: string | null;
  press: boolean;
  felt: boolean;
}

interface MuscleMesh {
  part: Part;
  belly: Belly;
  mesh: Mesh<BufferGeometry, ShaderMaterial>;
  opacity: number;
  wanted: number;
  stretch: Stretch;
}

interface PlaceMesh {
  place: Place;
  cloud: Mesh<BufferGeometry, ShaderMaterial>;
  ring: Mesh<BufferGeometry, ShaderMaterial>;
}

export class Model {
  readonly group = new Group();
  readonly muscles: MuscleMesh[];
  posture: Posture = STANDING;
  private readonly bones: { body: string; mesh: Mesh<BufferGeometry, ShaderMaterial> }[] = [];
  private readonly places: PlaceMesh[];
  private readonly details: { geometry: BufferGeometry; fine: BufferAttribute; coarse: BufferAttribute }[] = [];
  private palette!: Palette;

  constructor(
    readonly scene: Scene,
    bones: Bone[],
    private readonly culprits: Record<string, number>,
    side: string,
  ) {
    for (const bone of bones) this.addBone(bone);
    this.muscles = scene.parts.map((part) => this.addMuscle(part));
    this.places = scene.places.map((place) => this.addPlace(place));
    if (side === "left") this.group.scale.z = -1;
    this.pose(STANDING);
  }

  private addBone(bone: Bone): void {
    const mesh = new Mesh(bone.geometry, boneMaterial());
    this.details.push({ geometry: bone.geometry, fine: bone.geometry.index!, coarse: bone.coarse });
    mesh.matrixAutoUpdate = false;
    mesh.frustumCulled = false;
    this.group.add(mesh);
    this.bones.push({ body: bone.body, mesh });
    if (bone.name !== "pelvis" && bone.name !== "femur") return;
    // The other side is the mirror image and stands still.
    const other = new Mesh(bone.geometry, mesh.material);
    other.matrixAutoUpdate = false;
    other.frustumCulled = false;
    other.matrix.makeScale(1, 1, -1).setPosition(0, 0, 2 * MIDLINE_M);
    this.group.add(other);
  }

  private addMuscle(part: Part): MuscleMesh {
    const belly = newBelly(part);
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(belly.position, 3));
    geometry.setAttribute("normal", new BufferAttribute(belly.normal, 3));
    geometry.setAttribute("grain", new BufferAttribute(belly.grain, 3));
    const fine = new BufferAttribute(belly.index, 1);
    geometry.setIndex(fine);
    this.details.push({ geometry, fine, coarse: new BufferAttribute(belly.coarse, 1) });
    const mesh = new Mesh(geometry, muscleMaterial(Math.max(5, Math.round(part.width_m[1] * 330))));
    mesh.frustumCulled = false;
    // Faded muscles are drawn from the deepest outwards.
    mesh.renderOrder = 10 - this.scene.layers.indexOf(part.layer);
    this.group.add(mesh);
    return { part, belly, mesh, opacity: 1, wanted: 1, stretch: { share: 0, tooFar: false } };
  }

  private addPlace(place: Place): PlaceMesh {
    const cloud = new Mesh<BufferGeometry, ShaderMaterial>(new SphereGeometry(1, 24, 16), cloudMaterial());
    const ring = new Mesh<BufferGeometry, ShaderMaterial>(new RingGeometry(0.0065, 0.0095, 28), cloudMaterial());
    cloud.renderOrder = 20;
    ring.renderOrder = 30;
    for (const mesh of [cloud, ring]) {
      mesh.visible = false;
      mesh.frustumCulled = false;
      this.group.add(mesh);
    }
    ring.material.depthTest = false;
    ring.material.uniforms.opacity!.value = 1;
    return { place, cloud, ring };
  }

  /** Bring bones, muscles and places where they are in a posture. */
  pose(posture: Posture): void {
    this.posture = posture;
    const scene = this.scene;
    const poses = posesOf(scene, posture);
    const bonePose = poseOf(scene, posture);
    for (const bone of this.bones) bone.mesh.matrix.copy(matrixOf(bonePose[scene.bodies.indexOf(bone.body)]!));
    const runs = scene.lines.map((line) => runOf(line, poses[line.knee]!));
    const lengths = runs.map((run) => run.length);
    const knee = move(bonePose[1]!, KNEE_POINT);
    for (const muscle of this.muscles) {
      const { part, belly } = muscle;
      const line = scene.lines[part.line]!;
      shapeBelly(belly, part, runs[part.line]!.points, lengths[part.line]! / line.rest_m, knee);
      const geometry = muscle.mesh.geometry;
      geometry.getAttribute("position").needsUpdate = true;
      geometry.getAttribute("normal").needsUpdate = true;
      geometry.boundingSphere = null;
      const fibre = fibreLength(scene, part, lengths);
      muscle.stretch = { share: comfortShare(part, fibre), tooFar: fibre > part.too_far_from };
    }
    for (const { place, cloud, ring } of this.places) {
      const at = placeOf(bonePose, place.body, place.centre_m);
      cloud.matrixAutoUpdate = false;
      cloud.matrix
        .copy(matrixOf([...bonePose[place.body]!.slice(0, 9), 0, 0, 0]))
        .scale(new Vector3(...(place.radii_m as Vec)))
        .setPosition(...at);
      ring.position.set(...at);
    }
  }

  /** Colour and fade as asked. */
  show(shown: Shown, palette: Palette): void {
    this.palette = palette;
    const layers = this.scene.layers;
    const chosen = shown.isolated;
    for (const muscle of this.muscles) {
      const { part, mesh } = muscle;
      const u = mesh.material.uniforms;
      const probability = this.culprits[part.id] ?? 0;
      const depth = layers.indexOf(part.layer);
      const peeled = depth < shown.peeled;
      muscle.wanted = chosen ? (chosen === part.id ? 1 : 0) : peeled ? (depth === shown.peeled - 1 && depth < 2 ? GHOST : 0) : 1;
      if (part.id === shown.selected || (probability > 0 && !chosen && shown.peeled < 3)) muscle.wanted = 1;
      const base =
        shown.colourBy === "stretch"
          ? stretchColour(palette, muscle.stretch.share, muscle.stretch.tooFar)
          : palette.layers[part.layer]!.clone();
      (u.colour!.value as Color).copy(base);
      (u.tendon!.value as Color).copy(palette.tendon);
      u.glow!.value = part.id === shown.selected ? 1 : probability > 0 && !shown.selected ? 0.35 + 0.65 * probability : 0;
    }
    for (const bone of this.bones) (bone.mesh.material.uniforms.colour!.value as Color).copy(palette.bone);
    this.showPlaces(shown);
  }

  private showPlaces(shown: Shown): void {
    const wanted = shown.selected ? { [shown.selected]: 1 } : this.culprits;
    const felt: Record<string, number> = {};
    const press = new Set<string>();
    for (const { part } of this.muscles) {
      const share = wanted[part.id] ?? 0;
      if (share <= 0) continue;
      for (const [place, weight] of Object.entries(part.felt)) felt[place] = Math.max(felt[place] ?? 0, weight);
      for (const place of part.press) press.add(place);
    }
    for (const { place, cloud, ring } of this.places) {
      cloud.visible = shown.felt && (felt[place.id] ?? 0) > 0;
      cloud.material.uniforms.opacity!.value = 0.2 + 0.65 * (felt[place.id] ?? 0);
      (cloud.material.uniforms.colour!.value as Color).copy(this.palette.pain);
      ring.visible = shown.press && press.has(place.id);
      (ring.material.uniforms.colour!.value as Color).copy(this.palette.press);
    }
  }

  /** Ease towards the wanted opacities; true while still easing. */
  fade(seconds: number, atOnce: boolean): boolean {
    let moving = false;
    for (const muscle of this.muscles) {
      const left = muscle.wanted - muscle.opacity;
      if (Math.abs(left) > 0.004 && !atOnce) {
        muscle.opacity += left * Math.min(1, seconds * 9);
        moving = true;
      } else {
        muscle.opacity = muscle.wanted;
      }
      const { material } = muscle.mesh;
      const solid = muscle.opacity > 0.99;
      muscle.mesh.visible = muscle.opacity > HIDDEN;
      material.uniforms.opacity!.value = muscle.opacity;
      material.transparent = !solid;
      material.depthWrite = solid;
    }
    return moving;
  }

  /** Draw with all triangles, or with a quarter of them. */
  refine(fine: boolean): void {
    for (const detail of this.details) detail.geometry.setIndex(fine ? detail.fine : detail.coarse);
  }

  /** Turn flat marks to the eye. */
  face(camera: Camera): void {
    for (const { ring } of this.places) ring.quaternion.copy(camera.quaternion);
  }

  /** The muscle under a point of the picture, -1 to 1 both ways; null for none. */
  pick(x: number, y: number, camera: Camera): string | null {
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(x, y), camera);
    const solid = this.muscles.filter((m) => m.mesh.visible && m.opacity > 0.5);
    const blocks = this.bones.map((bone) => bone.mesh);
    const hit = ray.intersectObjects([...solid.map((m) => m.mesh), ...blocks], false)[0];
    return solid.find((m) => m.mesh === hit?.object)?.part.id ?? null;
  }

  /** Where the belly of a part is, in the world. */
  middleOf(part: string): Vector3 | null {
    const found = this.muscles.find((m) => m.part.id === part);
    return found ? this.group.localToWorld(new Vector3(...found.belly.middle)) : null;
  }
}

function matrixOf(m: Motion): Matrix4 {
  return new Matrix4().set(
    m[0]!, m[1]!, m[2]!, m[9]!,
    m[3]!, m[4]!, m[5]!, m[10]!,
    m[6]!, m[7]!, m[8]!, m[11]!,
    0, 0, 0, 1,
  ); // prettier-ignore
}
