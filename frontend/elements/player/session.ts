import { isVideo, lengthOf, type Player, seek } from "./player.ts";

/** The lock screen's card and buttons, and a screen that stays on while a video plays. */
export function session(player: Player): void {
  const { root, media, signal } = player;
  if ("mediaSession" in navigator) {
    const { mediaSession } = navigator;
    const act = (name: MediaSessionAction, run: MediaSessionActionHandler | null): void => {
      try {
        mediaSession.setActionHandler(name, run);
      } catch {
        // an action this browser does not know
      }
    };
    const position = (): void => {
      const duration = lengthOf(player);
      if (duration <= 0) return;
      mediaSession.setPositionState({ duration, position: Math.min(media.currentTime, duration), playbackRate: media.playbackRate || 1 });
    };
    media.addEventListener(
      "play",
      () => {
        const { title = document.title, courseTitle = "", artwork } = root.dataset;
        mediaSession.metadata = new MediaMetadata({ title, artist: courseTitle, album: courseTitle, artwork: artwork ? [{ src: artwork }] : [] });
        act("play", () => void media.play().catch(() => undefined));
        act("pause", () => media.pause());
        act("seekbackward", ({ seekOffset }) => seek(player, media.currentTime - (seekOffset ?? 10)));
        act("seekforward", ({ seekOffset }) => seek(player, media.currentTime + (seekOffset ?? 10)));
        act("seekto", ({ seekTime }) => seek(player, seekTime ?? 0));
        const go = (address?: string): (() => void) | null => (address ? () => location.assign(address) : null);
        act("nexttrack", go(root.dataset.nextUrl));
        act("previoustrack", go(root.dataset.prevUrl));
        position();
      },
      { signal },
    );
    for (const type of ["seeked", "ratechange", "durationchange"]) media.addEventListener(type, position, { signal });
  }
  if (isVideo(media)) awake(player);
}

function awake({ media, signal }: Player): void {
  let lock: WakeLockSentinel | undefined;
  const hold = async (): Promise<void> => {
    if (!("wakeLock" in navigator) || media.paused || document.visibilityState === "hidden") return;
    lock = await navigator.wakeLock.request("screen").catch(() => undefined);
  };
  const release = (): void => {
    void lock?.release();
    lock = undefined;
  };
  media.addEventListener("play", () => void hold(), { signal });
  for (const type of ["pause", "ended"]) media.addEventListener(type, release, { signal });
  document.addEventListener("visibilitychange", () => void hold(), { signal });
  signal.addEventListener("abort", release);
}
