// What comes next, when the media ends; and what to do when it fails.
import { button, make } from "../make.ts";
import { type Player, seek } from "./player.ts";

const SECONDS = 5;

/** A card with the next lesson; it goes there by itself only when the person wants that and nobody asked for less motion. */
export function nextLesson({ root, media, words, signal }: Player): void {
  const address = root.dataset.nextUrl;
  if (!address) return;
  let timer: ReturnType<typeof setInterval> | undefined;
  let card: HTMLElement | undefined;
  const stop = (): void => {
    clearInterval(timer);
    card?.remove();
    card = undefined;
  };
  media.addEventListener("play", stop, { signal });
  signal.addEventListener("abort", stop);
  media.addEventListener(
    "ended",
    () => {
      stop();
      const count = make("span", { class: "player-next-count" });
      const link = make("a", { class: "btn btn-primary", href: address }, root.dataset.nextTitle ?? words("next"));
      card = make("div", { class: "player-next", role: "group", "aria-label": words("next") }, make("p", {}, words("next")), link);
      root.querySelector(".player-stage")?.append(card);
      const automatic = root.dataset.autoplayNext === "on" && !matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (!automatic || document.visibilityState === "hidden") return;
      const cancel = button("btn btn-secondary", words("cancel"));
      cancel.addEventListener("click", stop);
      card.append(cancel, count);
      let left = SECONDS;
      const tick = (): void => {
        count.textContent = words("next_in", { seconds: left });
        if (left-- <= 0) {
          stop();
          location.assign(address);
        }
      };
      tick();
      timer = setInterval(tick, 1000);
    },
    { signal },
  );
}

/** A signed address may run out in the middle: asks once for a fresh one and goes on; otherwise says what failed and offers another try. */
export function mend(player: Player): void {
  const { root, media, words, signal } = player;
  let asked = 0;
  let notice: HTMLElement | undefined;
  const again = (source?: string): void => {
    const [at, playing] = [media.currentTime, root.hasAttribute("data-playing")];
    if (source) media.src = source;
    media.load();
    media.addEventListener(
      "loadedmetadata",
      () => {
        seek(player, at);
        if (playing) media.play().catch(() => undefined);
      },
      { signal, once: true },
    );
  };
  const renew = (captions: Record<string, string>): void => {
    for (const track of media.querySelectorAll<HTMLTrackElement>("track[kind=captions]")) {
      const fresh = captions[track.srclang];
      if (fresh) track.src = fresh;
    }
  };
  const show = (): void => {
    const retry = button("btn btn-secondary", words("retry"));
    retry.addEventListener("click", () => {
      notice?.remove();
      notice = undefined;
      again();
    });
    notice?.remove();
    notice = make("div", { class: "player-error", role: "alert" }, make("p", {}, words(navigator.onLine ? "failed" : "failed_offline")), retry);
    root.querySelector(".player-stage")?.append(notice);
  };
  const failed = async (): Promise<void> => {
    const fresh = root.dataset.sourceUrl;
    if (fresh && Date.now() - asked > 30_000) {
      asked = Date.now();
      try {
        const answer = await fetch(fresh, { headers: { Accept: "application/json" } });
        const { src, captions } = (await answer.json()) as { src?: unknown; captions?: Record<string, string> };
        if (answer.ok && typeof src === "string") {
          renew(captions ?? {});
          return again(src);
        }
      } catch {
        // said below
      }
    }
    show();
  };
  // With <source> children the error is theirs, and does not bubble.
  media.addEventListener("error", () => void failed(), { signal, capture: true });
  media.addEventListener(
    "playing",
    () => {
      notice?.remove();
      notice = undefined;
    },
    { signal },
  );
}
