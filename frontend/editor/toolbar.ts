import type { Editor } from "@tiptap/core";
import type { Words } from "../elements/labels.ts";
import { button, drawing, make } from "../elements/make.ts";
import { BLOCKS, type Command, HISTORY, MARKS } from "./commands.ts";
import { SHAPES } from "./shapes.ts";

/** A toolbar with one tab stop; the arrows go along it. `own` are buttons whose work is done elsewhere. */
export function toolbar(editor: Editor, words: Words, own: { link: () => void; image: (() => void) | undefined }): { element: HTMLElement; refresh: () => void } {
  const pressed: [HTMLButtonElement, Command][] = [];
  const press = (command: Command): HTMLButtonElement => {
    const made = button("btn-icon", words(command.name), drawing(SHAPES[command.name]));
    if (command.keys) made.title = `${words(command.name)} (${command.keys})`;
    made.addEventListener("click", () => command.run(editor));
    // The selection is to stay where it is.
    made.addEventListener("mousedown", (event) => event.preventDefault());
    pressed.push([made, command]);
    return made;
  };
  const link: Command = { name: "link", run: own.link, active: (e) => e.isActive("link"), keys: "Ctrl+K" };
  const element = make("div", { class: "editor-bar", role: "toolbar", "aria-label": words("toolbar") });
  element.append(...HISTORY.map(press), ...BLOCKS.slice(1, 3).map(press), ...MARKS.map(press), press(link), ...BLOCKS.slice(3).map(press));
  if (own.image) element.append(press({ name: "image", run: own.image }));

  const buttons = pressed.map(([made]) => made);
  const stop = (at: HTMLButtonElement): void => {
    for (const made of buttons) made.tabIndex = made === at ? 0 : -1;
  };
  if (buttons[0]) stop(buttons[0]);
  element.addEventListener("focusin", (event) => buttons.includes(event.target as HTMLButtonElement) && stop(event.target as HTMLButtonElement));
  element.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length]?.focus();
  });
  const refresh = (): void => {
    for (const [made, command] of pressed) if (command.active) made.setAttribute("aria-pressed", String(command.active(editor)));
  };
  refresh();
  return { element, refresh };
}
