// How bone, muscle and pain look: soft light from above and to the left of the eye, drawn by small shaders of our own.
import { Color, ShaderMaterial } from "three";

const LIT = /* glsl */ `
  vec3 lit(vec3 base, vec3 normal, float gloss) {
    vec3 n = normalize(normal);
    vec3 key = normalize(vec3(-0.45, 0.75, 0.75));
    float d = dot(n, key) * 0.5 + 0.5;
    float fill = max(dot(n, normalize(vec3(0.9, -0.1, 0.35))), 0.0);
    float sky = n.y * 0.5 + 0.5;
    vec3 light = mix(vec3(0.40, 0.36, 0.37), vec3(0.60, 0.60, 0.62), sky) + vec3(1.0, 0.965, 0.91) * (d * d * 0.66)
      + vec3(0.55, 0.66, 0.78) * fill * 0.12;
    float edge = pow(1.0 - clamp(n.z, 0.0, 1.0), 2.6);
    vec3 shine = vec3(1.0, 0.98, 0.94) * pow(max(dot(n, normalize(key + vec3(0.0, 0.0, 1.0))), 0.0), 36.0) * gloss;
    return base * light * (1.0 - 0.42 * edge) + shine;
  }
`;

const BONE_VERTEX = /* glsl */ `
  attribute float hollow;
  varying vec3 vNormal;
  varying float vHollow;
  void main() {
    vNormal = normalMatrix * normal;
    vHollow = hollow;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }
`;

const BONE_FRAGMENT = /* glsl */ `
  uniform vec3 colour;
  uniform float opacity;
  varying vec3 vNormal;
  varying float vHollow;
  ${LIT}
  void main() {
    float shade = 1.0 - 0.40 * smoothstep(0.02, 0.7, vHollow) + 0.07 * smoothstep(0.0, 0.7, -vHollow);
    gl_FragColor = vec4(lit(colour * shade, vNormal, 0.07), opacity);
    #include <colorspace_fragment>
  }
`;

const MUSCLE_VERTEX = /* glsl */ `
  attribute vec3 grain;
  varying vec3 vNormal;
  varying vec3 vGrain;
  void main() {
    vNormal = normalMatrix * normal;
    vGrain = grain;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }
`;

const MUSCLE_FRAGMENT = /* glsl */ `
  uniform vec3 colour;
  uniform vec3 tendon;
  uniform float opacity;
  uniform float glow;
  uniform float fibres;
  varying vec3 vNormal;
  varying vec3 vGrain;
  ${LIT}
  void main() {
    float turn = vGrain.y * 6.2831853;
    float lines = sin(turn * fibres + 1.7 * sin(vGrain.x * 9.0 + turn * 2.0)) * 0.6
      + sin(turn * (fibres * 1.7) - 1.1 * sin(vGrain.x * 14.0)) * 0.4;
    vec3 flesh = colour * (1.0 + 0.075 * lines);
    vec3 base = mix(tendon * (1.0 + 0.03 * lines), flesh, vGrain.z);
    vec3 shown = lit(base, vNormal, 0.10);
    float edge = pow(1.0 - clamp(normalize(vNormal).z, 0.0, 1.0), 2.0);
    shown = mix(shown, vec3(1.0, 0.93, 0.72), glow * (0.10 + 0.55 * edge));
    gl_FragColor = vec4(shown, opacity);
    #include <colorspace_fragment>
  }
`;

const CLOUD_FRAGMENT = /* glsl */ `
  uniform vec3 colour;
  uniform float opacity;
  varying vec3 vNormal;
  void main() {
    float face = clamp(normalize(vNormal).z, 0.0, 1.0);
    gl_FragColor = vec4(colour, opacity * pow(face, 1.5));
    #include <colorspace_fragment>
  }
`;

const PLAIN_VERTEX = /* glsl */ `
  varying vec3 vNormal;
  void main() {
    vNormal = normalMatrix * normal;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }
`;

const uniforms = (values: Record<string, unknown>): Record<string, { value: unknown }> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));

export function boneMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: uniforms({ colour: new Color(), opacity: 1 }),
    vertexShader: BONE_VERTEX,
    fragmentShader: BONE_FRAGMENT,
  });
}

export function muscleMaterial(fibres: number): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: uniforms({ colour: new Color(), tendon: new Color(), opacity: 1, glow: 0, fibres }),
    vertexShader: MUSCLE_VERTEX,
    fragmentShader: MUSCLE_FRAGMENT,
  });
}

export function cloudMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: uniforms({ colour: new Color(), opacity: 0.6 }),
    vertexShader: PLAIN_VERTEX,
    fragmentShader: CLOUD_FRAGMENT,
    transparent: true,
    depthWrite: false,
  });
}

/** Colours of the page, read from its custom properties, so that both themes hold. */
export interface Palette {
  bone: Color;
  tendon: Color;
  layers: Record<string, Color>;
  pain: Color;
  press: Color;
  slack: Color;
  rest: Color;
  long: Color;
  end: Color;
  tooFar: Color;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): Color => new Color(style.getPropertyValue(name).trim() || "#888888");
  return {
    bone: colour("--hip3d-bone"),
    tendon: colour("--hip3d-tendon"),
    layers: {
      superficial: colour("--muscle-superficial"),
      middle: colour("--muscle-middle"),
      deep_six: colour("--muscle-deep"),
    },
    pain: colour("--pain-3"),
    press: colour("--pain-5"),
    slack: colour("--stretch-slack"),
    rest: colour("--stretch-rest"),
    long: colour("--stretch-long"),
    end: colour("--stretch-end"),
    tooFar: colour("--stretch-too-far"),
  };
}

/** The colour of a stretch: share of the way to the end of comfort, and whether it is past what is too far. */
export function stretchColour(palette: Palette, share: number, tooFar: boolean): Color {
  if (tooFar) return palette.tooFar.clone();
  if (share <= 0) return palette.rest.clone().lerp(palette.slack, Math.min(-share / 0.6, 1));
  if (share <= 0.5) return palette.rest.clone().lerp(palette.long, share / 0.5);
  return palette.long.clone().lerp(palette.end, Math.min((share - 0.5) / 0.5, 1));
}
