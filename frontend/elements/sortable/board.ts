// The arrangement as it stands in the document.
import type { Place } from "./order.ts";

export const LIST = "[data-sort-list]";
export const ITEM = "[data-sort-item]";

export const itemsOf = (list: Element): HTMLElement[] => Array.from(list.children).filter((child): child is HTMLElement => child.matches(ITEM));

export const nameOf = (item: HTMLElement | null): string => item?.dataset.sortName ?? "";

/** The lists an item may stand in, in document order: those that hold or accept its kind. */
export function listsFor(root: Element, item: HTMLElement): HTMLElement[] {
  const kind = item.dataset.sortKind;
  return [...root.querySelectorAll<HTMLElement>(LIST)].filter((list) => {
    if (item.contains(list)) return false;
    return (list.dataset.sortAccepts ?? itemsOf(list)[0]?.dataset.sortKind) === kind;
  });
}

export function placeOf(lists: HTMLElement[], item: HTMLElement): Place {
  const list = lists.findIndex((l) => l === item.parentElement);
  return { list, index: itemsOf(item.parentElement as Element).indexOf(item) };
}

/** Puts an item at an index counted without itself. */
export function put(list: Element, item: HTMLElement, index: number): void {
  const others = itemsOf(list).filter((other) => other !== item);
  const before = others[index] ?? null;
  const after = others.at(-1)?.nextSibling ?? null;
  list.insertBefore(item, before ?? after);
}

export function orderOf(root: Element): [string, string][] {
  return [...root.querySelectorAll<HTMLElement>(ITEM)].map((item) => [item.dataset.sortKind ?? "item", item.dataset.sortItem ?? ""]);
}

/** What is needed to put everything back. */
export function snapshot(root: Element): () => void {
  const kept = [...root.querySelectorAll(LIST)].map((list) => [list, itemsOf(list)] as const);
  return () => {
    for (const [list, items] of kept) items.forEach((item, i) => put(list, item, i));
  };
}
