// The seek bar tells the story: chapters, what was watched, what is loaded. A range input carries it, so it is a slider to everyone.
import { clock } from "../clock.ts";
import { parse, type Range, union } from "../intervals.ts";
import { make } from "../make.ts";
import { chapters } from "./chapters.ts";
import { lengthOf, type Player, seek } from "./player.ts";

export function seekBar(player: Player): HTMLElement {
  const { root, media, words, signal } = player;
  const input = make("input", { type: "range", class: "player-seek", min: 0, step: "any", value: 0, "aria-label": words("seek") });
  const [buffered, watched, marks] = [make("span", {}), make("span", {}), make("span", {})];
  const played = make("span", { class: "player-played" });
  const hint = make("span", { class: "player-hint", hidden: true, "aria-hidden": "true" });
  const track = make("div", { class: "player-track", "aria-hidden": "true" }, buffered, watched, played, marks);
  const box = make("div", { class: "player-seekbox" }, track, input, hint);

  const paint = (into: HTMLElement, ranges: Range[], name: string): void => {
    const length = lengthOf(player);
    into.replaceChildren(
      ...ranges.map(([from, to]) => {
        const part = make("i", { class: name });
        part.style.insetInlineStart = `${length ? (from / length) * 100 : 0}%`;
        part.style.inlineSize = `${length ? ((to - from) / length) * 100 : 0}%`;
        return part;
      }),
    );
  };
  let seen = parse(root.dataset.ranges);
  const showWatched = (): void => paint(watched, seen, "player-watched");
  root.addEventListener(
    "player-watched",
    (event) => {
      seen = union(seen, (event as CustomEvent<{ ranges: Range[] }>).detail.ranges);
      showWatched();
    },
    { signal },
  );

  const show = (): void => {
    const length = lengthOf(player);
    input.max = String(length || 1);
    input.value = String(media.currentTime);
    input.setAttribute("aria-valuetext", words("time_of", { time: clock(media.currentTime), length: clock(length) }));
    played.style.inlineSize = `${length ? (media.currentTime / length) * 100 : 0}%`;
  };
  const showBuffered = (): void => {
    const list: Range[] = [];
    for (let i = 0; i < media.buffered.length; i++) list.push([media.buffered.start(i), media.buffered.end(i)]);
    paint(buffered, union(list), "player-buffered");
  };
  const showChapters = (): void => {
    const length = lengthOf(player);
    paint(marks, length ? chapters(media).slice(1).map(({ start }): Range => [start, start + length / 500]) : [], "player-mark");
  };
  const all = (): void => {
    show();
    showBuffered();
    showWatched();
    showChapters();
  };
  media.addEventListener("timeupdate", show, { signal });
  media.addEventListener("seeking", show, { signal });
  media.addEventListener("progress", showBuffered, { signal });
  media.addEventListener("durationchange", all, { signal });
  media.addEventListener("loadeddata", all, { signal });

  input.addEventListener("input", () => seek(player, Number(input.value)));
  input.addEventListener("keydown", (event) => {
    // The native step of a slider without steps would be far too small.
    const step = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, PageDown: -60, PageUp: 60 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    seek(player, media.currentTime + step);
  });
  box.addEventListener("pointermove", (event) => {
    const area = track.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - area.left) / area.width));
    const at = part * lengthOf(player);
    const title = chapters(media).findLast((chapter) => chapter.start <= at)?.title;
    hint.textContent = title ? `${title} · ${clock(at)}` : clock(at);
    hint.hidden = false;
    hint.style.insetInlineStart = `${part * 100}%`;
  });
  box.addEventListener("pointerleave", () => {
    hint.hidden = true;
  });
  all();
  return box;
}
