import { recall } from "./person.ts";

/** Where this browser remembers that keys without a modifier do nothing. */
export const SHORTCUTS = "lectern.shortcuts";

export const shortcutsOff = (): boolean => recall(SHORTCUTS) === "off";

/** True while an input method is at work: the key belongs to it. */
export const composing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** True where typed characters go into a field. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["button", "submit", "reset", "checkbox", "radio", "range", "file", "color"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** True when a single key may be read as a shortcut: not in fields or dialogs, no modifier, no composition, not switched off. */
export function shortcutAllowed(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || composing(event)) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (typing(event.target) || shortcutsOff()) return false;
  return !(event.target instanceof Element && event.target.closest("dialog[open], [role=menu], [popover]:popover-open"));
}
