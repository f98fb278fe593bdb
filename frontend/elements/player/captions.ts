import type { Player } from "./player.ts";
import { prefer, preferences } from "./preferences.ts";

export const captionTracks = (media: HTMLMediaElement): TextTrack[] =>
  Array.from(media.textTracks).filter((track) => track.kind === "captions" || track.kind === "subtitles");

export const captionsShown = (media: HTMLMediaElement): boolean => captionTracks(media).some((track) => track.mode === "showing");

let chosen = 0;

/** Shows one track or none, and remembers that they are wanted. */
export function showCaptions({ media, words, say }: Player, on: boolean, which = chosen): void {
  const tracks = captionTracks(media);
  if (tracks.length === 0) return;
  chosen = Math.min(which, tracks.length - 1);
  tracks.forEach((track, i) => {
    track.mode = on && i === chosen ? "showing" : "disabled";
  });
  prefer({ captions: on });
  say(words(on ? "captions_on" : "captions_off"));
}

/** Lines that name no place stand above the control bar, not under it. A line is about a fourteenth of the picture's height. */
function lift(player: Player, moved: Set<VTTCue>): void {
  const { media, root } = player;
  const top = root.querySelector(".player-seekbox")?.getBoundingClientRect().top;
  const covered = top === undefined ? 0 : media.getBoundingClientRect().bottom - top;
  const lines = Math.ceil(covered / Math.max(13, media.clientHeight / 14)) + 1;
  for (const track of captionTracks(media)) {
    let changed = false;
    for (const cue of track.cues ?? []) {
      if (!(cue instanceof VTTCue) || (!moved.has(cue) && cue.line !== "auto") || cue.line === -lines) continue;
      moved.add(cue);
      cue.line = -lines;
      changed = true;
    }
    if (!changed || track.mode !== "showing") continue;
    // Chromium lets a line that moves while it shows dodge its own former place; shown anew it stands right.
    track.mode = "hidden";
    track.mode = "showing";
  }
}

/** Keeps captions over a video clear of the bar at every size. */
export function liftCaptions(player: Player): void {
  const { media, signal } = player;
  const moved = new Set<VTTCue>();
  const again = (): void => lift(player, moved);
  for (const track of media.querySelectorAll("track")) track.addEventListener("load", again, { signal });
  const watch = new ResizeObserver(again);
  watch.observe(media);
  signal.addEventListener("abort", () => watch.disconnect());
}

/** At the start: what the person wanted last time, else what the page marked as default. */
export function restoreCaptions({ media }: Player): void {
  const tracks = captionTracks(media);
  const marked = tracks.findIndex((track) => track.mode === "showing");
  if (marked >= 0) chosen = marked;
  const wanted = preferences().captions;
  if (wanted === undefined) return;
  tracks.forEach((track, i) => {
    track.mode = wanted && i === Math.min(chosen, tracks.length - 1) ? "showing" : "disabled";
  });
}
