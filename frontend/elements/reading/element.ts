// Marks a lesson that is read as done when it was read, and lets that be taken back. The form inside does the same by hand.
import { announce } from "../announce.ts";
import { wordsOf } from "../labels.ts";
import { button, make } from "../make.ts";
import { postForm } from "../small/post.ts";

/** Nobody reads a text faster than this part of its estimated time; within bounds, in seconds. */
const PART = 0.25;
const LEAST = 5;
const MOST = 60;

/**
 * `data-seconds`: the estimated time; `data-end`: what stands behind the text (a selector), absent for a document, whose pages
 * the browser turns for itself: there the time alone counts, or that it was opened on its own (`data-opens`).
 */
export class ReadingMark extends HTMLElement {
  #seen = 0;
  #ended = false;
  #watch?: IntersectionObserver;
  #timer = 0;

  connectedCallback(): void {
    const { seconds, end, opens } = this.dataset;
    const needed = Math.min(Math.max(Number(seconds) * PART || 0, LEAST), MOST);
    this.#ended = !end;
    const read = (): void => {
      if (this.#ended && this.#seen >= needed) void this.#done();
    };
    this.#timer = window.setInterval(() => {
      if (document.visibilityState === "visible") this.#seen += 1;
      read();
    }, 1000);
    const last = end ? document.querySelector(end) : null;
    if (last) {
      this.#watch = new IntersectionObserver((entries) => {
        this.#ended ||= entries.some((entry) => entry.isIntersecting);
        read();
      });
      this.#watch.observe(last);
    }
    for (const link of opens ? document.querySelectorAll(opens) : []) link.addEventListener("click", () => void this.#done());
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#watch?.disconnect();
  }

  async #done(): Promise<void> {
    this.#stop();
    const form = this.querySelector("form");
    const value = form?.querySelector<HTMLInputElement>("input[name=done]");
    if (!form || !value || value.value !== "yes" || !(await postForm(form))) return;
    const words = wordsOf(this);
    const undo = button("btn btn-quiet btn-small", words("undo"));
    const told = make("p", { class: "cluster gap-2" }, make("span", { class: "ok" }, words("done")), undo);
    form.hidden = true;
    this.append(told);
    announce(words("done"));
    undo.addEventListener("click", async () => {
      value.value = "no";
      const taken = await postForm(form);
      value.value = "yes";
      if (!taken) return announce(words("failed"));
      told.remove();
      form.hidden = false;
      form.querySelector("button")?.focus();
    });
  }
}
