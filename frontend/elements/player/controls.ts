// The control bar. Everything a key can do has a control here, and says its key in its tooltip.
import { clock } from "../clock.ts";
import { button, icon, make, reshape, type Shape } from "../make.ts";
import { captionTracks, captionsShown, showCaptions } from "./captions.ts";
import { isVideo, lengthOf, type Player, seek, toggle } from "./player.ts";
import { prefer, preferences, SPEEDS } from "./preferences.ts";
import { seekBar } from "./seekbar.ts";

export function controls(player: Player): HTMLElement {
  const { root, media, words, signal } = player;
  const on = (type: string, act: () => void): void => media.addEventListener(type, act, { signal });
  const press = (shape: Shape, key: string, shortcut: string, act: () => void, name = ""): HTMLButtonElement => {
    const made = button(`player-button ${name}`.trim(), words(key), icon(shape));
    made.title = shortcut ? `${words(key)} (${shortcut})` : words(key);
    if (shortcut) made.setAttribute("aria-keyshortcuts", shortcut);
    made.addEventListener("click", act);
    return made;
  };
  const rename = (made: HTMLButtonElement, key: string, shape: Shape): void => {
    made.setAttribute("aria-label", words(key));
    made.title = `${words(key)} (${made.getAttribute("aria-keyshortcuts") ?? ""})`;
    reshape(made, shape);
  };

  const play = press("play", "play", "k", () => toggle(player), "player-play");
  const showPlaying = (): void => {
    rename(play, media.paused ? "play" : "pause", media.paused ? "play" : "pause");
    root.toggleAttribute("data-playing", !media.paused);
  };
  for (const type of ["play", "pause", "ended"]) on(type, showPlaying);

  const time = make("span", { class: "player-time" });
  const showTime = (): void => {
    time.textContent = `${clock(media.currentTime)} / ${clock(lengthOf(player))}`;
  };
  for (const type of ["timeupdate", "durationchange", "seeking"]) on(type, showTime);

  const bar = make(
    "div",
    { class: "player-bar", role: "group", "aria-label": words("controls") },
    seekBar(player),
    make(
      "div",
      { class: "player-row" },
      play,
      press("back", "back", "j", () => seek(player, media.currentTime - 10), "player-skip"),
      press("forward", "forward", "l", () => seek(player, media.currentTime + 10), "player-skip"),
      volume(player, press, rename),
      time,
      make("span", { class: "player-gap" }),
      speed(player),
      captions(player, press),
      isVideo(media) && document.pictureInPictureEnabled && press("window", "pip", "i", () => void pictureInPicture(media), "player-pip"),
      isVideo(media) && root.dataset.layout === "on" && press("theatre", "theatre", "t", () => layout("theatre"), "player-theatre"),
      root.dataset.layout === "on" && press("zen", "zen", "z", () => layout("zen"), "player-zen"),
      isVideo(media) && fullscreenButton(player, press, rename),
    ),
  );
  showTime();
  showPlaying();
  return bar;
}

type Press = (shape: Shape, key: string, shortcut: string, act: () => void, name?: string) => HTMLButtonElement;
type Rename = (made: HTMLButtonElement, key: string, shape: Shape) => void;

function volume({ media, words, signal }: Player, press: Press, rename: Rename): HTMLElement {
  const mute = press("sound", "mute", "m", () => {
    media.muted = !media.muted;
  });
  const level = make("input", { type: "range", class: "player-volume", min: 0, max: 1, step: 0.05, "aria-label": words("volume") });
  const show = (): void => {
    const silent = media.muted || media.volume === 0;
    rename(mute, silent ? "unmute" : "mute", silent ? "muted" : "sound");
    level.value = String(silent ? 0 : media.volume);
    level.style.setProperty("--level", `${Number(level.value) * 100}%`);
  };
  level.addEventListener("input", () => {
    media.muted = false;
    media.volume = Number(level.value);
  });
  media.addEventListener(
    "volumechange",
    () => {
      show();
      prefer({ volume: media.volume, muted: media.muted });
    },
    { signal },
  );
  const { volume: kept, muted } = preferences();
  if (typeof kept === "number" && kept >= 0 && kept <= 1) media.volume = kept;
  if (muted) media.muted = true;
  show();
  return make("span", { class: "player-sound" }, mute, level);
}

function speed({ media, words, signal }: Player): HTMLElement {
  const choice = make("select", { class: "player-speed", "aria-label": words("speed"), title: `${words("speed")} (< >)` });
  for (const rate of SPEEDS) choice.append(make("option", { value: rate }, `${rate}×`));
  const show = (): void => {
    choice.value = String(media.playbackRate);
  };
  choice.addEventListener("change", () => {
    media.playbackRate = Number(choice.value);
  });
  media.addEventListener(
    "ratechange",
    () => {
      show();
      if (SPEEDS.includes(media.playbackRate)) prefer({ speed: media.playbackRate });
    },
    { signal },
  );
  const { speed: kept } = preferences();
  if (kept && SPEEDS.includes(kept)) {
    // A new source starts from the default rate, so both are set.
    media.defaultPlaybackRate = kept;
    media.playbackRate = kept;
  }
  show();
  return choice;
}

function captions(player: Player, press: Press): HTMLElement | false {
  const { media, words, signal } = player;
  const tracks = captionTracks(media);
  if (tracks.length === 0) return false;
  const switched = press("captions", "captions", "c", () => showCaptions(player, !captionsShown(media)), "player-captions");
  const box = make("span", { class: "player-caption-box" }, switched);
  const choice = tracks.length > 1 ? make("select", { class: "player-speed", "aria-label": words("caption_language") }) : undefined;
  if (choice) {
    tracks.forEach((track, i) => choice.append(make("option", { value: i, lang: track.language }, track.label || track.language)));
    choice.addEventListener("change", () => showCaptions(player, true, Number(choice.value)));
    box.append(choice);
  }
  const show = (): void => {
    switched.setAttribute("aria-pressed", String(captionsShown(media)));
    const chosen = tracks.findIndex((track) => track.mode === "showing");
    if (choice && chosen >= 0) choice.value = String(chosen);
  };
  media.textTracks.addEventListener("change", show, { signal });
  show();
  return box;
}

function fullscreenButton(player: Player, press: Press, rename: Rename): HTMLElement {
  const made = press("full", "fullscreen", "f", () => void fullscreen(player), "player-full");
  document.addEventListener(
    "fullscreenchange",
    () => {
      const full = document.fullscreenElement === player.root;
      rename(made, full ? "leave_fullscreen" : "fullscreen", full ? "shrink" : "full");
    },
    { signal: player.signal },
  );
  return made;
}

/** Fills the screen with the whole player; phones that only know it for the video get that. */
export async function fullscreen({ root, media }: Player): Promise<void> {
  if (document.fullscreenElement) return document.exitFullscreen();
  if (root.requestFullscreen) return root.requestFullscreen().catch(() => undefined);
  (media as HTMLVideoElement & { webkitEnterFullscreen?: () => void }).webkitEnterFullscreen?.();
}

export async function pictureInPicture(video: HTMLVideoElement): Promise<void> {
  try {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await video.requestPictureInPicture();
  } catch {
    // refused by the browser: the video stays where it is
  }
}

/** Theatre and zen belong to the page: its style follows these attributes of the root. */
export function layout(which: "theatre" | "zen"): void {
  document.documentElement.toggleAttribute(`data-${which}`);
}
