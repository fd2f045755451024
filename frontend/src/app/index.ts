// On every page. The pages work without it: this adds comfort only.
import { Checkboxes, ErrorSummary, Radios, createAll } from "nhsuk-frontend";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
createAll(Checkboxes);
createAll(Radios);
createAll(ErrorSummary);

// A second click must not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.dataset["again"] !== undefined) return;
  if (form.dataset["sent"]) event.preventDefault();
  form.dataset["sent"] = "yes";
});
// A page that said what was wrong was the answer to a form, and Back to it would ask to send that again. As a plain page
// of the same address it can be gone back to; until then it stays as it is, so that a reload keeps what was typed.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !document.querySelector(".nhsuk-error-summary")) return;
  history.replaceState(history.state, "", location.href);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset["sent"];
});

// Keeps the look of the pages, so that they can say that deepsix is not running. It keeps no answers.
if ("serviceWorker" in navigator) {
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("/sw.js").catch((problem: unknown) => console.info("no offline page:", problem));
  });
}
