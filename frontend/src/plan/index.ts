// Comfort on the plan: ticks without a new page, the calendar in the browser's time zone, and printing. Without scripts
// the same forms and links do the work.

function tickWithoutReload(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector<HTMLButtonElement>("button[name=done]");
    if (!button) return;
    const done = button.value === "yes";
    const body = new URLSearchParams();
    new FormData(form, button).forEach((value, name) => body.append(name, String(value)));
    button.disabled = true;
    fetch(form.action, { method: "POST", body, redirect: "manual" })
      .then((answer) => {
        if (answer.type !== "opaqueredirect") throw new Error("refused");
        show(form, button, done);
      })
      .catch(() => {
        // The page after a plain sending says what went wrong.
        button.disabled = false;
        HTMLFormElement.prototype.requestSubmit.call(withoutListener(form), null);
      })
      .finally(() => {
        button.disabled = false;
        button.focus();
      });
  });
}

// A copy of the form without our listener, sent as the browser would.
function withoutListener(form: HTMLFormElement): HTMLFormElement {
  const copy = form.cloneNode(true) as HTMLFormElement;
  const done = document.createElement("input");
  done.type = "hidden";
  done.name = "done";
  done.value = form.querySelector<HTMLButtonElement>("button[name=done]")?.value ?? "yes";
  copy.append(done);
  copy.hidden = true;
  document.body.append(copy);
  return copy;
}

function show(form: HTMLFormElement, button: HTMLButtonElement, done: boolean): void {
  button.value = done ? "no" : "yes";
  const words = button.querySelector("[data-tick-words]");
  if (words) words.textContent = done ? "Done today. Undo" : "Done today";
  form.closest(".task")?.classList.toggle("task--done", done);
  const count = document.querySelector("[data-count-done]");
  if (count) count.textContent = String(document.querySelectorAll(".task--big.task--done").length);
}

document.querySelectorAll<HTMLFormElement>("form[data-tick]").forEach(tickWithoutReload);

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.querySelectorAll<HTMLAnchorElement>("a[data-zone]").forEach((link) => {
  if (zone) link.href += `?zone=${encodeURIComponent(zone)}`;
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.addEventListener("click", () => {
    window.print();
  });
});

// On paper everything is open.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll<HTMLDetailsElement>("main details").forEach((part) => {
    part.open = true;
  });
});
