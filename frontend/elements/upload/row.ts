// One file on its way: what the person sees and can do.
import { announce } from "../announce.ts";
import type { Words } from "../labels.ts";
import { button, make } from "../make.ts";
import { type Media, Refused, ThrownAway, TusUpload } from "./tus.ts";
import { bytes } from "./sizes.ts";

export type RowEnds = { done: (media: Media) => Promise<void> | void; failed: (message: string) => void; gone: () => void };

export class UploadRow {
  readonly element: HTMLElement;
  #upload: TusUpload;
  #words: Words;
  #ends: RowEnds;
  #status = make("span", { class: "small muted num" });
  #bar = make("progress", { class: "progress", max: 100, value: 0 });
  #toggle: HTMLButtonElement;
  #cancel: HTMLButtonElement;
  #running = false;
  #percent = 0;

  constructor(file: File, endpoint: string, purpose: string, words: Words, ends: RowEnds) {
    this.#words = words;
    this.#ends = ends;
    this.#bar.setAttribute("aria-label", words("progress", { name: file.name }));
    this.#toggle = button("btn btn-quiet btn-small", words("pause"));
    this.#cancel = button("btn btn-quiet btn-small", words("cancel"));
    this.#status.textContent = words("waiting");
    this.element = make(
      "div",
      { class: "upload", role: "group", "aria-label": file.name },
      make("span", { class: "upload-kind faint small num" }, bytes(file.size)),
      make("span", { class: "upload-name" }, make("strong", { class: "clip" }, file.name), this.#status),
      make("span", { class: "upload-acts" }, this.#toggle, this.#cancel),
      this.#bar,
    );
    this.#upload = new TusUpload(file, endpoint, purpose, (state, sent) => {
      this.#percent = file.size ? Math.floor((sent / file.size) * 100) : 100;
      this.#bar.value = this.#percent;
      const key = { starting: "sending", resuming: "resuming", sending: "sending", retrying: navigator.onLine ? "retrying" : "offline", finishing: "finishing", checking: "checking" }[state];
      this.#say(key);
    });
    this.#toggle.addEventListener("click", () => (this.#running ? this.#pause() : void this.start()));
    this.#cancel.addEventListener("click", () => {
      void this.#upload.cancel();
      this.element.remove();
      ends.gone();
    });
  }

  get running(): boolean {
    return this.#running;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.element.removeAttribute("data-failed");
    this.#toggle.textContent = this.#words("pause");
    try {
      const media = await this.#upload.run();
      this.#running = false;
      this.#bar.value = 100;
      this.#toggle.remove();
      this.#cancel.remove();
      this.element.setAttribute("data-done", "");
      this.#say("done");
      announce(this.#words("done"));
      await this.#ends.done(media);
    } catch (error) {
      this.#running = false;
      if (!(error instanceof Refused)) return;
      const message = error.message || this.#words(error instanceof ThrownAway ? "thrown_away" : "failed");
      this.element.setAttribute("data-failed", "");
      this.#status.textContent = message;
      this.#toggle.textContent = this.#words("retry");
      announce(message);
      this.#ends.failed(message);
    }
  }

  stop(): void {
    if (this.#running) this.#pause();
  }

  #pause(): void {
    this.#upload.pause();
    this.#running = false;
    this.#toggle.textContent = this.#words("resume");
    this.#say("paused");
  }

  #say(key: string): void {
    const text = this.#words(key, { percent: this.#percent });
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }
}
