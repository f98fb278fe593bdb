export type Chapter = { start: number; title: string };

/** Chapters of the media's own `kind="chapters"` track; loaded by being hidden, not disabled. */
export function chapters(media: HTMLMediaElement): Chapter[] {
  const track = Array.from(media.textTracks).find(({ kind }) => kind === "chapters");
  if (!track) return [];
  if (track.mode === "disabled") track.mode = "hidden";
  return Array.from(track.cues ?? [], (cue) => ({ start: cue.startTime, title: (cue as VTTCue).text }));
}

/** Where the next or previous chapter starts; going back within its first three seconds goes one further. */
export function neighbour(list: Chapter[], now: number, step: 1 | -1): number | undefined {
  if (step > 0) return list.find(({ start }) => start > now + 0.5)?.start;
  return list.findLast(({ start }) => start < now - 3)?.start ?? list[0]?.start;
}
