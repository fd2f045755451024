// The result and the report: parts that take a moment are fetched when they are opened. Without scripts each is a page of its own.

/** Fetch the page a fold names and put its part in place of the link to it; on any failure the link stays. */
async function load(fold: HTMLDetailsElement): Promise<void> {
  const { load: address, part, script } = fold.dataset;
  const body = fold.querySelector<HTMLElement>(".fold__body");
  if (!address || !part || !body || fold.dataset["loaded"]) return;
  fold.dataset["loaded"] = "yes";
  try {
    const answer = await fetch(address);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part);
    if (!answer.ok || !found) throw new Error("the part is not there");
    body.replaceChildren(...found.childNodes);
    if (script) await import(script);
  } catch {
    delete fold.dataset["loaded"];
  }
}

for (const fold of document.querySelectorAll<HTMLDetailsElement>("details[data-load]")) {
  fold.addEventListener("toggle", () => {
    if (fold.open) void load(fold);
  });
}

// What is folded away belongs on paper too, where it can be reached no other way.
const opened: HTMLDetailsElement[] = [];
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.fold:not([open]):not([data-load])")) {
    fold.open = true;
    opened.push(fold);
  }
});
window.addEventListener("afterprint", () => {
  for (const fold of opened.splice(0)) fold.open = false;
});

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

export {};
