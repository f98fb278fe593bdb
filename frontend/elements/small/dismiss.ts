import { announce } from "../announce.ts";
import { wordsOf } from "../labels.ts";
import { button, make } from "../make.ts";
import { postFields } from "./post.ts";

/** Something that can be waved away at once, and brought back. */
export class DismissItem extends HTMLElement {
  #listening = false;

  connectedCallback(): void {
    if (this.#listening) return;
    this.#listening = true;
    this.addEventListener("submit", (event) => {
      const form = event.target as HTMLFormElement;
      if (!form.matches("[data-dismiss]")) return;
      event.preventDefault();
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form, event.submitter)) if (typeof value === "string") body.append(name, value);
      void this.#dismiss(form.action, body);
    });
  }

  async #dismiss(address: string, body: URLSearchParams): Promise<void> {
    const words = wordsOf(this);
    const held = [...this.children].filter((child): child is HTMLElement => child instanceof HTMLElement && !child.hidden);
    const back = (): void => {
      note.remove();
      for (const child of held) child.hidden = false;
    };
    const undo = button("btn btn-quiet btn-small", words("undo"));
    const note = make("div", { class: "dismissed split small muted", role: "status" }, make("span", {}, words("dismissed")), this.dataset.undoUrl ? undo : null);
    undo.addEventListener("click", async () => {
      if (await postFields(this.dataset.undoUrl ?? "", body)) {
        back();
        held[0]?.querySelector<HTMLElement>("a, button")?.focus();
      } else announce(words("failed"));
    });
    for (const child of held) child.hidden = true;
    this.append(note);
    if (this.dataset.undoUrl) undo.focus({ preventScroll: true });
    if (await postFields(address, body)) {
      this.dispatchEvent(new CustomEvent("dismissed", { bubbles: true }));
      return;
    }
    back();
    const fault = make("p", { class: "error", role: "alert" }, words("failed"));
    this.append(fault);
    setTimeout(() => fault.remove(), 6000);
  }
}
