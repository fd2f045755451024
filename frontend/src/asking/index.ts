// Comfort in the interview: the counter of letters, the likely causes easing to their new places, copying words.
import { CharacterCount, createAll } from "nhsuk-frontend";

createAll(CharacterCount);

const EASE = "cubic-bezier(0.3, 0.1, 0.2, 1)";
const MOVE_MS = 900;
const YEAR_S = 31_536_000;

/** Lets each cause glide from where it stood before the last answer to where it stands now. */
function glide(panel: HTMLElement): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const rows = [...panel.querySelectorAll<HTMLElement>(".moving__cause")];
  const tops = rows.map((row) => row.offsetTop);
  const step = tops.length > 1 ? tops[1]! - tops[0]! : 0;
  rows.forEach((row, place) => {
    const from = Number(row.dataset["from"]);
    const fromTop = from < tops.length ? tops[from]! : (tops[tops.length - 1] ?? 0) + step;
    const shift = fromTop - tops[place]!;
    const timing = { duration: MOVE_MS, easing: EASE, fill: "backwards" as const };
    if (shift !== 0) row.animate([{ transform: `translateY(${shift}px)` }, { transform: "none" }], timing);
    const bar = row.querySelector<SVGElement>(".value");
    const [was, is] = [Number(row.dataset["was"]), Number(row.dataset["is"])];
    if (bar && is > 0 && was !== is) bar.animate([{ transform: `scaleX(${was / is})` }, { transform: "none" }], timing);
  });
}

for (const panel of document.querySelectorAll<HTMLDetailsElement>("details[data-moving]")) {
  if (panel.open) glide(panel);
  let opened = panel.open;
  panel.addEventListener("toggle", () => {
    if (panel.open && !opened) glide(panel);
    opened = panel.open;
    document.cookie = `deepsix_causes=${panel.open ? "open" : "closed"}; path=/; max-age=${YEAR_S}; samesite=strict`;
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  button.addEventListener("click", () => {
    const words = document.getElementById(button.dataset["copy"]!);
    const said = button.parentElement?.querySelector("[data-copy-said]");
    if (!words) return;
    navigator.clipboard.writeText(words.innerText.trim()).then(
      () => {
        if (said) said.textContent = button.dataset["copied"] ?? "";
      },
      () => getSelection()?.selectAllChildren(words), // not allowed to copy: mark the words for the person to copy
    );
  });
}
