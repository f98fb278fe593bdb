import { type Player, seek, toggle } from "./player.ts";

/** Links and buttons of the page that jump the player, and the line of the transcript that is being spoken. */
export function transcript(player: Player): void {
  const { media, root, signal } = player;
  document.addEventListener(
    "click",
    (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const jump = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-seek]") : null;
      const at = Number(jump?.dataset.seek);
      if (!jump || !Number.isFinite(at)) return;
      event.preventDefault();
      seek(player, at);
      if (media.paused) toggle(player);
    },
    { signal },
  );
  let current: Element | undefined;
  root.addEventListener(
    "player-time",
    () => {
      const lines = [...document.querySelectorAll<HTMLElement>("[data-transcript] [data-seek]")];
      const now = lines.findLast((line) => Number(line.dataset.seek) <= media.currentTime + 0.05);
      if (now === current) return;
      current?.removeAttribute("aria-current");
      now?.setAttribute("aria-current", "true");
      current = now;
    },
    { signal },
  );
}
