// Dragging by pointer: mouse, pen and finger alike. The arrangement follows the pointer, and Escape puts it back.
import { ITEM, itemsOf, listsFor, put, snapshot } from "./board.ts";

const THRESHOLD = 5;
const EDGE = 72;

export type DragEnds = { lifted: (item: HTMLElement) => void; dropped: (item: HTMLElement) => void; cancelled: (item: HTMLElement) => void };

/** Begins with a press on a handle; becomes a drag once the pointer has moved. */
export function drag(root: HTMLElement, item: HTMLElement, start: PointerEvent, ends: DragEnds): void {
  const ending = new AbortController();
  const options = { signal: ending.signal };
  const putBack = snapshot(root);
  let [x, y] = [start.clientX, start.clientY];
  let lifted = false;
  let frame = 0;

  const follow = (): void => {
    const speed = y < EDGE ? y - EDGE : y > innerHeight - EDGE ? y - (innerHeight - EDGE) : 0;
    if (speed) scrollBy(0, speed / 5);
    arrange(root, item, x, y);
    frame = requestAnimationFrame(follow);
  };
  const finish = (how: "dropped" | "cancelled"): void => {
    ending.abort();
    cancelAnimationFrame(frame);
    if (!lifted) return;
    item.classList.remove("is-dragging");
    root.removeAttribute("data-dragging");
    if (how === "cancelled") putBack();
    ends[how](item);
  };

  document.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== start.pointerId) return;
      [x, y] = [event.clientX, event.clientY];
      if (lifted || Math.hypot(x - start.clientX, y - start.clientY) < THRESHOLD) return;
      lifted = true;
      item.classList.add("is-dragging");
      root.setAttribute("data-dragging", "");
      ends.lifted(item);
      frame = requestAnimationFrame(follow);
    },
    options,
  );
  document.addEventListener("pointerup", (event) => event.pointerId === start.pointerId && finish("dropped"), options);
  document.addEventListener("pointercancel", () => finish("cancelled"), options);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !lifted) return;
      event.preventDefault();
      event.stopPropagation();
      finish("cancelled");
    },
    { ...options, capture: true },
  );
}

/** Puts the item where the pointer is: before the first item of the list under it whose middle lies below. */
function arrange(root: HTMLElement, item: HTMLElement, x: number, y: number): void {
  const lists = listsFor(root, item);
  const inside = (area: DOMRect): boolean => y >= area.top && y <= area.bottom && x >= area.left - 200 && x <= area.right + 200;
  // An empty list may have no height of its own: the item around it counts.
  const under = lists.find((list) => inside(list.getBoundingClientRect())) ?? lists.find((list) => inside((list.closest(ITEM) ?? list).getBoundingClientRect()));
  if (!under) return;
  const others = itemsOf(under).filter((other) => other !== item);
  const before = others.findIndex((other) => {
    const area = other.getBoundingClientRect();
    return y < area.top + area.height / 2;
  });
  const index = before < 0 ? others.length : before;
  const current = item.parentElement === under ? itemsOf(under).indexOf(item) : -1;
  if (current !== index) put(under, item, index);
}
