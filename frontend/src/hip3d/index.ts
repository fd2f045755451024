// Brings every 3D hip on the page to life. Where there is no WebGL, the flat drawing and the list stay as they are.
import { readBones } from "./bones";
import { Panel } from "./panel";
import type { Scene } from "./scene";

async function get(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

async function start(root: HTMLElement): Promise<void> {
  try {
    const [scene, bones] = await Promise.all([
      get(root.dataset["scene"]!).then((answer) => answer.json() as Promise<Scene>),
      get(root.dataset["bones"]!).then((answer) => answer.arrayBuffer()),
    ]);
    new Panel(root, scene, readBones(bones)).start();
    root.dataset["state"] = "ready";
  } catch (problem) {
    console.warn(problem);
    root.dataset["state"] = "flat";
    for (const note of root.querySelectorAll<HTMLElement>("[data-no-3d]")) note.hidden = false;
  }
}

for (const root of document.querySelectorAll<HTMLElement>("[data-hip3d]")) void start(root);
