import { clock } from "../clock.ts";
import { lengthOf, type Player, seek } from "./player.ts";

/** Where to begin: `?t=` of the address, else where this person stopped, unless that was the very beginning or end. */
export function startAt(search: string, resume: string | undefined, length: number): { at: number; resumed: boolean } {
  const asked = Number.parseFloat(new URLSearchParams(search).get("t") ?? "");
  if (Number.isFinite(asked) && asked >= 0) return { at: length ? Math.min(asked, length) : asked, resumed: false };
  const stopped = Number.parseFloat(resume ?? "");
  const usual = Number.isFinite(stopped) && stopped > 3 && (!length || stopped < length * 0.97);
  return { at: usual ? stopped : 0, resumed: usual };
}

export function resume(player: Player): void {
  const { root, media, words, signal, say } = player;
  const begin = (): void => {
    const { at, resumed } = startAt(location.search, root.dataset.resume, lengthOf(player));
    const there = Math.abs(media.currentTime - at) <= 1; // the address of the media says where to begin, for those without script
    if (at <= 0 || (media.currentTime > 0.5 && !there)) return;
    seek(player, at);
    if (resumed) say(words("resumed", { time: clock(at) }), { label: words("start_over"), run: () => seek(player, 0) });
  };
  if (media.readyState >= HTMLMediaElement.HAVE_METADATA) begin();
  else media.addEventListener("loadedmetadata", begin, { signal, once: true });
}
