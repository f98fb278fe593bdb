/** A stretch of media in seconds, `from < to`. */
export type Range = [from: number, to: number];

/** Stretches closer than this are one: players report time in steps. */
const JOIN = 0.3;

/** The union in order, without overlaps. */
export function union(...lists: Range[][]): Range[] {
  const sorted = lists
    .flat()
    .filter(([from, to]) => Number.isFinite(from) && Number.isFinite(to) && to > from)
    .sort((a, b) => a[0] - b[0]);
  const joined: Range[] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1] + JOIN) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Seconds covered by a union. */
export const total = (ranges: Range[]): number => ranges.reduce((sum, [from, to]) => sum + (to - from), 0);

/** Cuts to `0 … duration` and rounds to tenths, as they are sent. */
export function tidy(ranges: Range[], duration: number): Range[] {
  const end = Number.isFinite(duration) && duration > 0 ? duration : Infinity;
  const tenth = (n: number): number => Math.round(n * 10) / 10;
  return union(ranges)
    .map(([from, to]): Range => [tenth(Math.max(0, from)), tenth(Math.min(end, to))])
    .filter(([from, to]) => to > from);
}

/** Reads `[[0,12.5],…]`; anything else is no range at all. */
export function parse(text: string | undefined): Range[] {
  try {
    const list: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(list)) return [];
    return union(list.filter((r): r is Range => Array.isArray(r) && typeof r[0] === "number" && typeof r[1] === "number").map(([a, b]): Range => [a, b]));
  } catch {
    return [];
  }
}
