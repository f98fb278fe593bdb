// What making and using a key have in common: the server begins, the device answers, the form carries the answer.
import { wordsOf } from "../labels.ts";

/** What goes into the form's hidden fields, by their names. */
export type Answer = Record<string, string>;

export abstract class Ceremony extends HTMLElement {
  /** The form carries an answer, or goes without one. */
  #ready = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || !("PublicKeyCredential" in window)) return;
    form.addEventListener("submit", (event) => {
      if (this.#ready) return;
      event.preventDefault();
      if (form.getAttribute("aria-busy") !== "true") void this.#perform(form);
    });
    // a page that comes back from memory begins anew: its answer has been used
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.#ready = false;
    });
  }

  /** The server's challenge as JSON, or nothing where it refuses to begin. */
  protected abstract begin(): Promise<Response>;
  /** Asks the device. */
  protected abstract ask(challenge: never): Promise<Answer>;

  async #perform(form: HTMLFormElement): Promise<void> {
    const words = wordsOf(this);
    form.setAttribute("aria-busy", "true");
    this.#say(words("waiting"));
    try {
      const begun = await this.begin();
      const answer = begun.ok ? await this.ask((await begun.json()) as never) : {};
      for (const [name, value] of Object.entries(answer)) {
        const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
        if (field) field.value = value;
      }
      this.#ready = true;
      form.requestSubmit();
    } catch (error) {
      this.#say(words(reason(error, this.localName)));
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  #say(text: string): void {
    const status = this.querySelector("[data-passkey-status]");
    if (status) status.textContent = text;
  }
}

/** The word for what the device said. */
function reason(error: unknown, element: string): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "InvalidStateError" && element === "passkey-maker") return "known";
  return ["NotAllowedError", "AbortError"].includes(name) ? "cancelled" : "failed";
}

/** Asks a function of the server. */
export function call(name: string): Promise<Response> {
  return fetch(`/fn/${name}`, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
    body: "",
    credentials: "same-origin",
  });
}

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export function toText(bytes: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
