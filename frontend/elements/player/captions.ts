import { isVideo, type Player } from "./player.ts";
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

/** Lines that name no place stand above the control bar, not under it. */
function lift(track: TextTrack): void {
  for (const cue of track.cues ?? []) if (cue instanceof VTTCue && cue.line === "auto" && cue.snapToLines) cue.line = -4;
}

/** At the start: what the person wanted last time, else what the page marked as default. */
export function restoreCaptions({ media, signal }: Player): void {
  const tracks = captionTracks(media);
  for (const element of isVideo(media) ? media.querySelectorAll("track") : []) {
    element.addEventListener("load", () => lift(element.track), { signal });
    lift(element.track);
  }
  const marked = tracks.findIndex((track) => track.mode === "showing");
  if (marked >= 0) chosen = marked;
  const wanted = preferences().captions;
  if (wanted === undefined) return;
  tracks.forEach((track, i) => {
    track.mode = wanted && i === Math.min(chosen, tracks.length - 1) ? "showing" : "disabled";
  });
}
