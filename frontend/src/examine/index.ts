// The page for examining: entries are sent without leaving the page, and the causes move to their new places.

const root = (): HTMLElement | null => document.getElementById("examine");
const open = (): string[] => [...document.querySelectorAll<HTMLDetailsElement>("#examine details[id][open]")].map((fold) => fold.id);
const places = (): Map<string, number> =>
  new Map(
    [...document.querySelectorAll<HTMLElement>(".ranking [data-condition]")].map((row) => [
      row.dataset["condition"] ?? "",
      row.getBoundingClientRect().top,
    ]),
  );

async function pageOf(address: string, options?: RequestInit): Promise<Document> {
  const answer = await fetch(address, options);
  if (!answer.ok && answer.status !== 400) throw new Error(`the page is not there: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Put the fresh page in place of the old one; what was open stays open, and focus stays with the same finding. */
function show(fresh: Document, focus: string): void {
  const old = root();
  const next = fresh.getElementById("examine");
  if (!old || !next) throw new Error("the page has no examination");
  const before = places();
  const kept = open();
  old.replaceWith(next);
  for (const id of kept) (document.getElementById(id) as HTMLDetailsElement | null)?.setAttribute("open", "");
  const again = [...next.querySelectorAll<HTMLButtonElement>("button[name=set]")];
  const same = again.find((button) => button.value.startsWith(`${focus}:`) && button.closest("details[open], #examine-list, .rows"));
  if (focus) (same ?? next.querySelector<HTMLElement>("#ranking"))?.focus({ preventScroll: true });
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
    for (const row of next.querySelectorAll<HTMLElement>(".ranking [data-condition]")) {
      const from = before.get(row.dataset["condition"] ?? "");
      const shift = from === undefined ? 0 : from - row.getBoundingClientRect().top;
      if (shift) row.animate([{ transform: `translateY(${shift}px)` }, { transform: "none" }], { duration: 320, easing: "ease-out" });
    }
  }
  // A status tells a change only when it changes after it is there.
  const said = document.getElementById("examine-said");
  if (said) {
    const words = said.textContent;
    said.textContent = "";
    setTimeout(() => (said.textContent = words), 100);
  }
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (form.dataset["live"] !== undefined) {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form, button) as unknown as Record<string, string>);
      pageOf(form.action, { method: "POST", body })
        .then((fresh) => show(fresh, button?.name === "set" ? (button.value.split(":")[0] ?? "") : ""))
        .catch(() => location.reload());
    } else if (form.dataset["search"] !== undefined) {
      event.preventDefault();
      void search(form);
    }
  },
  true,
);

let waiting = 0;
document.addEventListener("input", (event) => {
  const field = event.target as HTMLInputElement;
  const form = field.closest<HTMLFormElement>("form[data-search]");
  if (!form) return;
  clearTimeout(waiting);
  waiting = window.setTimeout(() => void search(form), 200);
});

async function search(form: HTMLFormElement): Promise<void> {
  const query = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  const fresh = await pageOf(`/examine?${query}`).catch(() => null);
  const next = fresh?.getElementById("examine-list");
  // A slower answer to an earlier search must not take the place of a later one.
  if (next && query.get("q") === new FormData(form).get("q")) document.getElementById("examine-list")?.replaceWith(next);
}

document.addEventListener("click", (event) => {
  const button = (event.target as HTMLElement).closest<HTMLElement>("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset["copy"] ?? "") as HTMLTextAreaElement | null;
  if (!text) return;
  text.select();
  void navigator.clipboard.writeText(text.value).then(() => {
    const said = button.parentElement?.querySelector<HTMLElement>("[data-copied]");
    if (said) said.hidden = false;
  });
});

// A choice in a list is sent at once.
document.addEventListener("change", (event) => {
  const field = event.target as HTMLElement;
  if (field.matches("form.examine__about[data-live] select, form.examine__about[data-live] input")) {
    (field as HTMLInputElement).form?.requestSubmit();
  }
});

export {};
