/** Where an item goes: the list it joins and its index there, counted without itself. */
export type Place = { list: number; index: number };

/** One step up or down; past the end of a list it enters the neighbouring one. `undefined` at the outermost ends. */
export function step(sizes: number[], { list, index }: Place, by: 1 | -1): Place | undefined {
  const to = index + by;
  if (to >= 0 && to < (sizes[list] ?? 0)) return { list, index: to };
  const next = list + by;
  if (next < 0 || next >= sizes.length) return undefined;
  return { list: next, index: by > 0 ? 0 : (sizes[next] ?? 0) };
}

/** To the list before or after, keeping the height as far as that list reaches. */
export function across(sizes: number[], { list, index }: Place, by: 1 | -1): Place | undefined {
  const next = list + by;
  if (next < 0 || next >= sizes.length) return undefined;
  return { list: next, index: Math.min(index, sizes[next] ?? 0) };
}

/** The order as it is posted: an optional version, then `kind=id` in document order. */
export function encode(order: [kind: string, id: string][], version?: string): string {
  const form = new URLSearchParams();
  if (version) form.append("version", version);
  for (const [kind, id] of order) form.append(kind, id);
  return form.toString();
}

/** True when nothing moved. */
export const same = (a: [string, string][], b: [string, string][]): boolean => a.length === b.length && a.every(([kind, id], i) => b[i]?.[0] === kind && b[i]?.[1] === id);
