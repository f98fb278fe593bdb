// The menu that opens at `/`, and at `、` and `／` for those who type Chinese.
import { type Editor, Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Words } from "../elements/labels.ts";
import { drawing, make } from "../elements/make.ts";
import { BLOCKS, type Command } from "./commands.ts";
import { SHAPES } from "./shapes.ts";

/** The open request in a block's text before the caret: a fullwidth sign counts only at its beginning, where it is no punctuation. */
export function request(before: string): { query: string; length: number } | undefined {
  const found = /^[/、／]([^\s/]{0,20})$/u.exec(before) ?? /(?<=\s)\/([^\s/]{0,20})$/u.exec(before);
  return found ? { query: found[1] ?? "", length: found[0].length } : undefined;
}

/** Commands whose name or short forms begin with what was typed. */
export function matching(commands: Command[], query: string, nameOf: (command: Command) => string): Command[] {
  const wanted = query.toLowerCase();
  return commands.filter((command) => nameOf(command).toLowerCase().includes(wanted) || `${command.name} ${command.also ?? ""}`.split(" ").some((word) => word.startsWith(wanted)));
}

export function slashMenu(words: Words, image: (() => void) | undefined): Extension {
  const commands: Command[] = image ? [...BLOCKS, { name: "image", run: image, also: "img tp tupian" }] : BLOCKS;
  return Extension.create({
    name: "slashMenu",
    addProseMirrorPlugins() {
      const { editor } = this;
      let menu: Menu | undefined;
      return [
        new Plugin({
          key: new PluginKey("slashMenu"),
          view: (view) => {
            menu = new Menu(editor, view, commands, words);
            return { update: () => menu?.update(), destroy: () => menu?.destroy() };
          },
          props: {
            handleKeyDown: (_view, event) => menu?.onKey(event) ?? false,
            handleDOMEvents: { blur: () => menu?.close() ?? false },
          },
        }),
      ];
    },
  });
}

class Menu {
  readonly #list = make("ul", { class: "editor-menu", role: "listbox", id: `slash-${Math.random().toString(36).slice(2)}`, hidden: true });
  #found: Command[] = [];
  #at = 0;
  #length = 0;
  /** The place of a request the person waved away with Escape. */
  #dismissed = -1;

  constructor(
    readonly editor: Editor,
    readonly view: EditorView,
    readonly commands: Command[],
    readonly words: Words,
  ) {
    this.#list.setAttribute("aria-label", words("insert"));
    // Inside the page's landmarks; the plugin's view begins before its editor stands in the page.
    queueMicrotask(() => (view.dom.closest(".editor-visual") ?? document.body).append(this.#list));
  }

  update(): void {
    const { selection } = this.view.state;
    const { $from, empty } = selection;
    const block = $from.parent;
    // While characters are being composed, what stands in the block is not yet what was meant.
    if (!empty || this.view.composing || block.type.spec.code || !this.view.hasFocus()) return this.#hide();
    const open = request(block.textBetween(0, $from.parentOffset, undefined, "￼"));
    if (!open || this.#dismissed === $from.pos - open.length) return this.#hide();
    this.#dismissed = -1;
    this.#length = open.length;
    this.#found = matching(this.commands, open.query, (command) => this.words(command.name));
    this.#at = Math.min(this.#at, Math.max(0, this.#found.length - 1));
    this.#show();
  }

  onKey(event: KeyboardEvent): boolean {
    if (this.#list.hidden || event.isComposing) return false;
    const count = this.#found.length;
    if (event.key === "Escape") {
      this.#dismissed = this.view.state.selection.from - this.#length;
      this.#hide();
      return true;
    }
    if (count === 0) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.#at = (this.#at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.#show();
      return true;
    }
    if (event.key === "Enter" || event.key === "Tab") {
      this.#choose(this.#at);
      return true;
    }
    return false;
  }

  close(): false {
    this.#hide();
    return false;
  }

  destroy(): void {
    this.#list.remove();
  }

  #choose(index: number): void {
    const command = this.#found[index];
    const { from } = this.view.state.selection;
    this.#hide();
    if (!command) return;
    this.editor.chain().focus().deleteRange({ from: from - this.#length, to: from }).run();
    command.run(this.editor);
  }

  #show(): void {
    const { id } = this.#list;
    this.#list.replaceChildren(
      ...this.#found.map((command, i) => {
        const row = make("li", { role: "option", id: `${id}-${i}`, "aria-selected": String(i === this.#at) }, drawing(SHAPES[command.name]), this.words(command.name));
        row.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.#choose(i);
        });
        return row;
      }),
    );
    if (this.#found.length === 0) this.#list.append(make("li", { class: "faint", role: "option", "aria-disabled": "true" }, this.words("no_match")));
    this.#list.hidden = false;
    const caret = this.view.coordsAtPos(this.view.state.selection.from);
    const area = this.#list.getBoundingClientRect();
    const below = caret.bottom + area.height + 8 < innerHeight;
    this.#list.style.insetInlineStart = `${Math.max(8, Math.min(caret.left, innerWidth - area.width - 8))}px`;
    this.#list.style.insetBlockStart = `${below ? caret.bottom + 4 : Math.max(8, caret.top - area.height - 4)}px`;
    const { dom } = this.view;
    dom.setAttribute("aria-controls", id);
    if (this.#found.length > 0) dom.setAttribute("aria-activedescendant", `${id}-${this.#at}`);
    this.#list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  #hide(): void {
    if (this.#list.hidden) return;
    this.#list.hidden = true;
    this.#at = 0;
    this.view.dom.removeAttribute("aria-activedescendant");
    this.view.dom.removeAttribute("aria-controls");
  }
}
