import { button, icon, make } from "../make.ts";
import { wordsOf } from "../labels.ts";
import { mend, nextLesson } from "./after.ts";
import { liftCaptions, restoreCaptions } from "./captions.ts";
import { controls } from "./controls.ts";
import { keyboard } from "./keyboard.ts";
import { isVideo, type Player, toggle } from "./player.ts";
import { progress } from "./progress.ts";
import { resume } from "./resume.ts";
import { session } from "./session.ts";
import { transcript } from "./transcript.ts";

const QUIET_AFTER = 2500;

/** A native video or audio with our own controls; without script the native ones are there. */
export class LessonPlayer extends HTMLElement {
  #ending: AbortController | undefined;

  connectedCallback(): void {
    const media = this.querySelector<HTMLMediaElement>("video, audio");
    if (!media || this.#ending) return;
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    const toast = make("div", { class: "player-toast", role: "status" });
    const stage = make("div", { class: "player-stage" });
    const player: Player = { root: this, media, words: wordsOf(this), signal, say: speaker(toast) };

    media.controls = false;
    media.before(stage);
    stage.append(media, toast);
    restoreCaptions(player);
    const bar = controls(player);
    if (isVideo(media)) {
      const big = button("player-big", player.words("play"), icon("play"));
      // The bar has the same button; one of them is enough for the keyboard.
      big.tabIndex = -1;
      big.setAttribute("aria-hidden", "true");
      big.addEventListener("click", () => toggle(player));
      stage.append(big, bar);
      media.addEventListener("click", () => toggle(player), { signal });
      this.#hideWhenQuiet(media, signal);
      liftCaptions(player);
    } else {
      this.append(bar);
    }
    keyboard(player);
    progress(player);
    resume(player);
    transcript(player);
    session(player);
    nextLesson(player);
    mend(player);
    for (const type of ["waiting", "seeking"]) media.addEventListener(type, () => this.toggleAttribute("data-waiting", true), { signal });
    for (const type of ["playing", "seeked", "canplay", "error"]) media.addEventListener(type, () => this.toggleAttribute("data-waiting", false), { signal });
    this.toggleAttribute("data-ready", true);
    signal.addEventListener("abort", () => {
      bar.remove();
      stage.replaceWith(media);
      media.controls = true;
    });
  }

  disconnectedCallback(): void {
    this.#ending?.abort();
    this.#ending = undefined;
  }

  /** Controls over a playing video fade while nobody moves and nothing in them has focus. */
  #hideWhenQuiet(media: HTMLMediaElement, signal: AbortSignal): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = (): void => {
      this.removeAttribute("data-quiet");
      clearTimeout(timer);
      timer = setTimeout(() => {
        const focused = this.querySelector(".player-bar :focus-visible") !== null;
        if (!media.paused && !focused) this.setAttribute("data-quiet", "");
      }, QUIET_AFTER);
    };
    for (const type of ["pointermove", "pointerdown", "keydown", "focusin"]) this.addEventListener(type, wake, { signal });
    for (const type of ["play", "pause"]) media.addEventListener(type, wake, { signal });
    signal.addEventListener("abort", () => clearTimeout(timer));
  }
}

function speaker(toast: HTMLElement): Player["say"] {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text, action) => {
    clearTimeout(timer);
    toast.replaceChildren(make("span", {}, text));
    if (action) {
      const press = button("player-toast-action", action.label);
      press.addEventListener("click", () => {
        action.run();
        toast.replaceChildren();
      });
      toast.append(press);
    }
    timer = setTimeout(() => toast.replaceChildren(), action ? 8000 : 1800);
  };
}
