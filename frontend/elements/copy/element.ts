import { announce } from "../announce.ts";
import { wordsOf } from "../labels.ts";

/** How long the button says that it was done. */
const SAID = 2500;

/** Puts the value of the field beside it on the clipboard. Its button is hidden until it can. */
export class CopyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const field = this.parentElement?.querySelector("input");
    if (!button?.hidden || !field || !("clipboard" in navigator)) return;
    const words = wordsOf(this);
    const label = button.textContent ?? "";
    let timer = 0;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        // the browser does not let a page: the person can, with what is selected now
        field.select();
        announce(words("failed"));
        return;
      }
      button.textContent = words("copied");
      announce(words("copied"));
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        button.textContent = label;
      }, SAID);
    });
  }
}
