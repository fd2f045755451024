// A calm countdown. A button with data-timer="SECONDS" becomes one when it is pressed; nothing starts by itself. Without
// scripts the button stands in .only-with-scripts, and the steps say how long to hold.

const READY_S = 3;
const RADIUS = 44;
const ROUND = 2 * Math.PI * RADIUS;
const SVG = "http://www.w3.org/2000/svg";

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function circle(className: string): SVGCircleElement {
  const drawn = document.createElementNS(SVG, "circle");
  drawn.setAttribute("class", className);
  for (const [name, value] of [["cx", 50], ["cy", 50], ["r", RADIUS]] as const) drawn.setAttribute(name, String(value));
  return drawn;
}

class Countdown {
  private readonly box = make("div", "timer");
  private readonly face = document.createElementNS(SVG, "svg");
  private readonly arc = circle("timer__arc");
  private readonly number = make("span", "timer__number");
  private readonly words = make("p", "timer__words");
  private readonly stop = make("button", "timer__stop nhsuk-button nhsuk-button--secondary nhsuk-button--small", "Stop");
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private running = 0;
  private began = 0;
  private told = "";

  constructor(
    private readonly button: HTMLButtonElement,
    private readonly seconds: number,
  ) {
    this.face.setAttribute("viewBox", "0 0 100 100");
    this.face.setAttribute("aria-hidden", "true");
    this.face.classList.add("timer__face");
    this.arc.setAttribute("stroke-dasharray", ROUND.toFixed(2));
    this.face.append(circle("timer__track"), this.arc);
    this.number.setAttribute("aria-hidden", "true");
    this.words.setAttribute("role", "status"); // told politely: the start, the half and the end, not every second
    this.stop.type = "button";
    this.stop.addEventListener("click", () => this.end(false));
    const dial = make("div", "timer__dial");
    dial.append(this.face, this.number);
    this.box.append(dial, this.words, this.stop);
    this.box.hidden = true;
    button.after(this.box);
    button.addEventListener("click", () => this.start());
  }

  private start(): void {
    this.button.hidden = true;
    this.box.hidden = false;
    this.box.classList.remove("timer--done");
    this.told = "";
    this.stop.focus();
    this.began = performance.now();
    this.running = requestAnimationFrame((now) => this.tick(now));
  }

  private tick(now: number): void {
    const passed = Math.max(now - this.began, 0) / 1000 - READY_S;
    if (passed >= this.seconds) {
      this.end(true);
      return;
    }
    const left = passed < 0 ? this.seconds : this.seconds - passed;
    this.number.textContent = String(passed < 0 ? Math.ceil(-passed) : Math.ceil(left));
    const shown = this.still.matches ? Math.ceil(left) : left;
    this.arc.setAttribute("stroke-dashoffset", ((1 - shown / this.seconds) * ROUND).toFixed(2));
    this.tell(passed);
    this.running = requestAnimationFrame((next) => this.tick(next));
  }

  private tell(passed: number): void {
    let words = "Get ready.";
    if (passed >= 0) words = `Hold for ${this.seconds} seconds. Breathe slowly.`;
    if (this.seconds >= 20 && passed >= this.seconds / 2) words = "Half way.";
    if (words === this.told) return;
    this.told = words;
    this.words.textContent = words;
  }

  private end(whole: boolean): void {
    cancelAnimationFrame(this.running);
    const hadFocus = this.box.contains(document.activeElement);
    this.button.hidden = false;
    this.button.textContent = "Count again";
    this.box.classList.add("timer--done");
    this.number.textContent = whole ? "✓" : "";
    this.words.textContent = whole ? "Done. Let go." : "Stopped.";
    if (whole) navigator.vibrate?.(200);
    else this.box.hidden = true;
    if (hadFocus) this.button.focus();
  }
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-timer]")) {
  const seconds = Number(button.dataset["timer"]);
  if (seconds > 0) new Countdown(button, seconds);
}
