// The keys of a player. Focus inside a control wins: Space presses the button it stands on.
import { shortcutAllowed } from "../keys.ts";
import { captionsShown, showCaptions } from "./captions.ts";
import { chapters, neighbour } from "./chapters.ts";
import { fullscreen, layout, pictureInPicture } from "./controls.ts";
import { isVideo, lengthOf, type Player, seek, toggle } from "./player.ts";
import { nextSpeed } from "./preferences.ts";

const BUTTONS = "button, a[href], summary, select, input, [role=button], [role=tab], [role=menuitem]";

export function keyboard(player: Player): void {
  document.addEventListener("keydown", (event) => onKey(player, event), { signal: player.signal });
}

function onKey(player: Player, event: KeyboardEvent): void {
  if (!shortcutAllowed(event)) return;
  // Two players on a page: the one that holds focus or plays listens, else the first.
  if (active() !== player.root) return;
  const on = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
  if (on && (event.key === " " || event.key === "Enter")) return;
  if (on?.matches("input[type=range], [role=tab], [role=menuitem], input[type=radio]") && event.key.startsWith("Arrow")) return;
  const act = actionOf(player, event);
  if (!act) return;
  event.preventDefault();
  act();
}

function active(): Element | null {
  const all = [...document.querySelectorAll("lesson-player")];
  return all.find((p) => p.contains(document.activeElement)) ?? all.find((p) => p.hasAttribute("data-playing")) ?? all[0] ?? null;
}

function actionOf(player: Player, event: KeyboardEvent): (() => void) | undefined {
  const { root, media, words, say } = player;
  const { key } = event;
  const by = (seconds: number) => () => seek(player, media.currentTime + seconds);
  const faster = (step: 1 | -1) => () => {
    media.playbackRate = nextSpeed(media.playbackRate, step);
    say(`${media.playbackRate}×`);
  };
  const louder = (step: number) => () => {
    media.muted = false;
    media.volume = Math.min(1, Math.max(0, Math.round((media.volume + step) * 20) / 20));
    say(words("volume_at", { percent: Math.round(media.volume * 100) }));
  };
  const chapter = (step: 1 | -1) => () => {
    const to = neighbour(chapters(media), media.currentTime, step);
    if (to !== undefined) seek(player, to);
  };
  const follow = (address: string | undefined) => (address ? () => location.assign(address) : undefined);
  if (/^[0-9]$/.test(key)) return () => seek(player, (lengthOf(player) * Number(key)) / 10);
  switch (key) {
    case " ":
    case "k":
      return () => toggle(player);
    case "j":
      return by(-10);
    case "l":
      return by(10);
    case "ArrowLeft":
      return by(-5);
    case "ArrowRight":
      return by(5);
    case "ArrowUp":
      return root.contains(document.activeElement) || document.activeElement === document.body ? louder(0.05) : undefined;
    case "ArrowDown":
      return root.contains(document.activeElement) || document.activeElement === document.body ? louder(-0.05) : undefined;
    case "<":
      return faster(-1);
    case ">":
      return faster(1);
    case "m":
      return () => {
        media.muted = !media.muted;
      };
    case "f":
      return isVideo(media) ? () => void fullscreen(player) : undefined;
    case "i":
      return isVideo(media) ? () => void pictureInPicture(media) : undefined;
    case "c":
      return () => showCaptions(player, !captionsShown(media));
    case "t":
      return root.dataset.layout === "on" ? () => layout("theatre") : undefined;
    case "z":
      return root.dataset.layout === "on" ? () => layout("zen") : undefined;
    case "[":
      return chapter(-1);
    case "]":
      return chapter(1);
    case "N":
      return follow(root.dataset.nextUrl);
    case "P":
      return follow(root.dataset.prevUrl);
    default:
      return undefined;
  }
}
