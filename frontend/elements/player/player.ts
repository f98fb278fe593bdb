import type { Words } from "../labels.ts";

/** What the parts of a player share. `signal` ends every listener when the element leaves the page. */
export type Player = {
  root: HTMLElement;
  media: HTMLMediaElement;
  words: Words;
  signal: AbortSignal;
  /** Shows a short text in the player, with at most one action; read out politely. */
  say: (text: string, action?: { label: string; run: () => void }) => void;
};

export const isVideo = (media: HTMLMediaElement): media is HTMLVideoElement => media instanceof HTMLVideoElement;

/** Length in seconds: the media's own, else what the server said, else 0. */
export function lengthOf({ media, root }: Player): number {
  if (Number.isFinite(media.duration) && media.duration > 0) return media.duration;
  const said = Number(root.dataset.duration);
  return Number.isFinite(said) && said > 0 ? said : 0;
}

/** Jumps, never outside the media. */
export function seek(player: Player, seconds: number): void {
  const end = lengthOf(player) || Infinity;
  player.media.currentTime = Math.min(Math.max(0, seconds), end);
}

/** Plays or pauses; a refusal of the browser to start is not an error. */
export function toggle({ media }: Player): void {
  if (media.paused) media.play().catch(() => undefined);
  else media.pause();
}
