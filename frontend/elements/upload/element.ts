import { wordsOf, type Words } from "../labels.ts";
import { make } from "../make.ts";
import { probe } from "./probe.ts";
import { UploadRow } from "./row.ts";
import { accepted, bytes } from "./sizes.ts";
import { type Media, unfinished } from "./tus.ts";

/** A file field whose files go up in pieces and go on where they stopped. */
export class MediaUploader extends HTMLElement {
  #words: Words = (key) => key;
  #ending: AbortController | undefined;
  #rows = new Set<UploadRow>();
  #list = make("div", { class: "upload-list" });
  #fault = make("p", { class: "error", role: "alert", hidden: true });

  connectedCallback(): void {
    const input = this.#input;
    if (!input || this.#ending) return;
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    this.#words = wordsOf(this);
    input.after(this.#fault, this.#list);
    input.addEventListener(
      "change",
      () => {
        const files = [...(input.files ?? [])];
        // The bytes travel on their own; the form is not to carry them again.
        input.value = "";
        for (const file of files) this.#take(file);
      },
      { signal },
    );
    for (const type of ["dragover", "dragleave", "drop"] as const) this.addEventListener(type, (event) => this.#onDrag(event), { signal });
    addEventListener(
      "beforeunload",
      (event) => {
        if ([...this.#rows].some((row) => row.running)) event.preventDefault();
      },
      { signal },
    );
    const form = this.#form;
    form?.addEventListener(
      "submit",
      (event) => {
        if (![...this.#rows].some((row) => row.running)) return;
        event.preventDefault();
        this.#complain(this.#words("leave"));
      },
      { signal },
    );
    const left = unfinished(this.dataset.purpose ?? "").map(({ name }) => name);
    if (left.length > 0 && this.dataset.resume !== "off") this.#complain(this.#words("unfinished", { name: left.join(", ") }));
    this.toggleAttribute("data-ready", true);
  }

  disconnectedCallback(): void {
    for (const row of this.#rows) row.stop();
    this.#ending?.abort();
    this.#ending = undefined;
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[type=file]");
  }

  get #form(): HTMLFormElement | null {
    return this.#input?.form ?? this.querySelector("form") ?? this.closest("form");
  }

  #onDrag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const over = event.type === "dragover";
    for (const area of this.querySelectorAll(".drop")) area.classList.toggle("is-over", over);
    this.toggleAttribute("data-over", over);
    if (event.type !== "drop") return;
    const files = [...event.dataTransfer.files];
    for (const file of this.#input?.multiple ? files : files.slice(0, 1)) this.#take(file);
  }

  #take(file: File): void {
    const limit = Number(this.dataset.maxBytes ?? Infinity);
    this.#fault.hidden = true;
    if (!accepted(file, this.#input?.accept ?? "")) return this.#complain(this.#words("wrong_type"));
    if (file.size > limit) return this.#complain(this.#words("too_large", { limit: bytes(limit) }));
    if (file.size === 0) return this.#complain(this.#words("failed"));
    if (!this.#input?.multiple) {
      for (const row of this.#rows) row.stop();
      this.#rows.clear();
      this.#list.replaceChildren();
    }
    const measured = probe(file);
    const row: UploadRow = new UploadRow(file, this.dataset.endpoint ?? "/uploads", this.dataset.purpose ?? "", this.#words, {
      done: async (media) => this.#finished(file, media, await measured),
      failed: (message) => this.dispatchEvent(new CustomEvent("media-failed", { bubbles: true, detail: { name: file.name, message } })),
      gone: () => this.#rows.delete(row),
    });
    this.#rows.add(row);
    this.#list.append(row.element);
    void row.start();
  }

  #finished(file: File, media: Media, measured: Record<string, number>): void {
    const form = this.#form;
    const field = (name: string): HTMLInputElement | null => this.querySelector(`input[name="${name}"]`) ?? form?.querySelector(`input[name="${name}"]`) ?? null;
    const values: Record<string, string | number> = { media_id: media.id, ...measured };
    for (const [name, value] of Object.entries(values)) {
      const input = field(name);
      if (!input) continue;
      input.value = String(value);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const detail = { ...media, name: file.name, type: file.type, size: file.size, ...measured };
    this.dispatchEvent(new CustomEvent("media-uploaded", { bubbles: true, detail }));
    if (this.dataset.submit === "auto") form?.requestSubmit();
  }

  #complain(message: string): void {
    this.#fault.textContent = message;
    this.#fault.hidden = false;
  }
}
