// Suggestions under a search field: a combobox with a list (WAI-ARIA 1.2). Without them the form searches, and Enter always does.
import { announce } from "../announce.ts";
import { type Words, wordsOf } from "../labels.ts";
import { make } from "../make.ts";

/** How long the keys must rest before the server is asked, in milliseconds. */
const REST = 150;

type Suggestion = { text: string; note: string; href: string };

export function suggestWhileTyping(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-suggest]")) {
    const field = form.querySelector<HTMLInputElement>("input[type=search]");
    if (field) new Suggestions(form, field).catchUp();
  }
}

class Suggestions {
  #form: HTMLFormElement;
  #field: HTMLInputElement;
  #words: Words;
  #list: HTMLUListElement;
  /** What is shown, and which of it the arrow keys are on; −1 for the field itself. */
  #shown: Suggestion[] = [];
  #at = -1;
  #timer = 0;
  #asking?: AbortController;

  constructor(form: HTMLFormElement, field: HTMLInputElement) {
    this.#form = form;
    this.#field = field;
    this.#words = wordsOf(form);
    this.#list = make("ul", { class: "suggestions", role: "listbox", id: `${field.id}-list`, "aria-label": this.#words("suggestions"), hidden: true });
    form.append(this.#list);
    const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": this.#list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
    field.addEventListener("input", (event) => (event as InputEvent).isComposing || this.#askSoon());
    field.addEventListener("compositionend", () => this.#askSoon());
    field.addEventListener("keydown", (event) => this.#press(event));
    field.addEventListener("blur", () => this.#show([]));
    // the field keeps the focus, so that leaving it closes the list and choosing from it does not
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("[role=option]");
      if (option) this.#go([...this.#list.children].indexOf(option));
    });
  }

  /** For what was typed before this was here. */
  catchUp(): void {
    if (document.activeElement === this.#field && this.#field.value.trim()) this.#askSoon();
  }

  #askSoon(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    if (!this.#field.value.trim()) this.#show([]);
    else this.#timer = window.setTimeout(() => void this.#ask(), REST);
  }

  /** A courtesy: where it fails there are none. */
  async #ask(): Promise<void> {
    this.#asking = new AbortController();
    const body = new URLSearchParams({ lang: this.#form.dataset.suggest ?? "", q: this.#field.value });
    try {
      const answer = await fetch("/fn/suggest", { method: "POST", body, signal: this.#asking.signal });
      const found = answer.ok ? ((await answer.json()) as Suggestion[]) : [];
      if (document.activeElement === this.#field) this.#show(found);
    } catch {
      if (!this.#asking.signal.aborted) this.#show([]);
    }
  }

  #show(found: Suggestion[]): void {
    clearTimeout(this.#timer);
    this.#shown = found;
    const options = found.map(({ text, note }, at) =>
      make("li", { role: "option", id: `${this.#list.id}-${at}`, "aria-selected": "false" }, make("span", {}, text), make("span", { class: "faint small" }, note)),
    );
    this.#list.replaceChildren(...options);
    this.#list.hidden = found.length === 0;
    this.#field.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length) announce(this.#words(found.length === 1 ? "one" : "many", { count: found.length }));
    this.#stand(-1);
  }

  #stand(at: number): void {
    this.#at = at;
    for (const [place, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(place === at));
      if (place === at) option.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `${this.#list.id}-${at}`);
  }

  #press(event: KeyboardEvent): void {
    // keys of an input method choose characters, not suggestions
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    const count = this.#shown.length;
    if (event.key === "ArrowDown" && !count) this.#askSoon();
    else if (!count) return;
    else if (event.key === "ArrowDown") this.#stand(this.#at + 1 < count ? this.#at + 1 : -1);
    else if (event.key === "ArrowUp") this.#stand(this.#at < 0 ? count - 1 : this.#at - 1);
    else if (event.key === "Enter" && this.#at >= 0) this.#go(this.#at);
    else if (event.key === "Escape") this.#show([]);
    else return;
    event.preventDefault();
  }

  #go(at: number): void {
    const chosen = this.#shown[at];
    if (chosen) location.assign(chosen.href);
  }
}
