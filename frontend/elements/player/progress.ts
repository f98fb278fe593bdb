// What was watched, and when it is reported.
import { uuid } from "../clock.ts";
import { parse, type Range, tidy, total, union } from "../intervals.ts";
import { post, record } from "../outbox.ts";
import { lengthOf, type Player } from "./player.ts";

const EVERY = 5_000;
const ENOUGH = 0.9;

export function progress(player: Player): void {
  const { root, media, signal } = player;
  const address = root.dataset.progressUrl;
  let ever = parse(root.dataset.ranges);
  let unsent: Range[] = [];
  let from = Number.NaN;
  let sentAt = 0;
  let enough = false;

  const extend = (): void => {
    const now = media.currentTime;
    // Anything longer than the reports of a throttled background tab is a jump, not watching.
    if (now > from && now - from < 10 * Math.max(1, media.playbackRate)) {
      unsent = union(unsent, [[from, now]]);
      ever = union(ever, [[from, now]]);
      root.dispatchEvent(new CustomEvent("player-watched", { detail: { ranges: ever } }));
    }
    from = now;
  };
  const report = (leaving = false): void => {
    const length = lengthOf(player);
    const ranges = tidy(unsent, length);
    if (!address || ranges.length === 0) return;
    unsent = [];
    sentAt = Date.now();
    const position = Math.round(media.currentTime * 10) / 10;
    const body = { position_seconds: position, ranges, duration_seconds: Math.round(length * 10) / 10, event: uuid() };
    if (leaving) record(address, body);
    else post(address, body);
  };

  const on = (type: string, act: () => void): void => media.addEventListener(type, act, { signal });
  on("timeupdate", () => {
    if (!media.seeking && !media.paused) extend();
    root.dispatchEvent(new CustomEvent("player-time", { bubbles: true, detail: { seconds: media.currentTime } }));
    const length = lengthOf(player);
    if (!enough && length > 0 && total(ever) >= ENOUGH * length) {
      enough = true;
      report();
    } else if (Date.now() - sentAt >= EVERY) report();
  });
  on("play", () => {
    from = media.currentTime;
    sentAt ||= Date.now();
  });
  on("seeking", () => {
    from = Number.NaN;
    report();
  });
  on("seeked", () => {
    from = media.currentTime;
  });
  for (const type of ["pause", "ended"]) {
    on(type, () => {
      if (!media.seeking) extend();
      report();
    });
  }
  const leave = (): void => {
    if (!media.paused && !media.seeking) extend();
    report(true);
  };
  // Before the outbox's own listener, which sends the beacons.
  addEventListener("pagehide", leave, { signal, capture: true });
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.visibilityState === "hidden") report();
    },
    { signal },
  );
  document.addEventListener(
    "progress-answer",
    (event) => {
      const { url, answer } = (event as CustomEvent<{ url: string; answer: { completed?: boolean } }>).detail;
      if (url !== address || answer.completed !== true || root.hasAttribute("data-completed")) return;
      root.setAttribute("data-completed", "");
      root.dispatchEvent(new CustomEvent("lesson-complete", { bubbles: true, detail: { lesson: root.dataset.lesson } }));
      player.say(player.words("completed"));
    },
    { signal },
  );
  signal.addEventListener("abort", () => report());
}
