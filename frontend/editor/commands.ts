// What can be done to the text: one list for the toolbar and the menu.
import type { Editor } from "@tiptap/core";
import type { Name } from "./shapes.ts";

export type Command = {
  name: Name;
  run: (editor: Editor) => void;
  active?: (editor: Editor) => boolean;
  keys?: string;
  /** Typed to find it in the menu, beside its name. */
  also?: string;
};

const chain = (editor: Editor) => editor.chain().focus();

export const MARKS: Command[] = [
  { name: "bold", run: (e) => chain(e).toggleBold().run(), active: (e) => e.isActive("bold"), keys: "Ctrl+B" },
  { name: "italic", run: (e) => chain(e).toggleItalic().run(), active: (e) => e.isActive("italic"), keys: "Ctrl+I" },
  { name: "strike", run: (e) => chain(e).toggleStrike().run(), active: (e) => e.isActive("strike") },
  { name: "code", run: (e) => chain(e).toggleCode().run(), active: (e) => e.isActive("code"), keys: "Ctrl+E" },
];

export const BLOCKS: Command[] = [
  { name: "paragraph", run: (e) => chain(e).setParagraph().run(), also: "p text zw zhengwen" },
  { name: "heading2", run: (e) => chain(e).toggleHeading({ level: 2 }).run(), active: (e) => e.isActive("heading", { level: 2 }), also: "h2 ## bt biaoti" },
  { name: "heading3", run: (e) => chain(e).toggleHeading({ level: 3 }).run(), active: (e) => e.isActive("heading", { level: 3 }), also: "h3 ### xbt xiaobiaoti" },
  { name: "bullets", run: (e) => chain(e).toggleBulletList().run(), active: (e) => e.isActive("bulletList"), also: "ul list lb liebiao" },
  { name: "numbers", run: (e) => chain(e).toggleOrderedList().run(), active: (e) => e.isActive("orderedList"), also: "ol 1. bh bianhao" },
  { name: "quote", run: (e) => chain(e).toggleBlockquote().run(), active: (e) => e.isActive("blockquote"), also: "> yy yinyong" },
  { name: "code_block", run: (e) => chain(e).toggleCodeBlock().run(), active: (e) => e.isActive("codeBlock"), also: "``` code dm daima" },
  { name: "divider", run: (e) => chain(e).setHorizontalRule().run(), also: "hr --- fgx fengexian" },
];

export const HISTORY: Command[] = [
  { name: "undo", run: (e) => chain(e).undo().run(), keys: "Ctrl+Z" },
  { name: "redo", run: (e) => chain(e).redo().run(), keys: "Ctrl+Shift+Z" },
];
