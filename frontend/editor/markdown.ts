// Which Markdown the visual editor can hold without losing anything.
import type { Editor } from "@tiptap/core";
import { lexer, type Token } from "marked";

const KNOWN = new Set(["space", "paragraph", "text", "heading", "strong", "em", "del", "codespan", "code", "list", "list_item", "blockquote", "hr", "br", "link", "image", "escape", "def"]);

/** True when every construct of the text is one the editor has. */
export function representable(markdown: string): boolean {
  const known = (tokens: Token[]): boolean =>
    tokens.every((token) => {
      if (!KNOWN.has(token.type)) return false;
      if (token.type === "list_item" && (token as { task?: boolean }).task) return false;
      const { tokens: inner, items } = token as { tokens?: Token[]; items?: Token[] };
      return known(inner ?? []) && known(items ?? []);
    });
  return known(lexer(markdown));
}

/** True when writing the text out and reading it again gives the same document. */
export function faithful(editor: Editor, markdown: string): boolean {
  const { markdown: manager } = editor;
  if (!manager || !representable(markdown)) return false;
  const once = manager.parse(markdown);
  return JSON.stringify(manager.parse(manager.serialize(once))) === JSON.stringify(once);
}

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const PER_MINUTE = { han: 400, words: 230 };

/** Words of a text, a Chinese character counting as one, and the minutes it takes to read. */
export function measure(text: string): { count: number; minutes: number } {
  const han = text.match(HAN)?.length ?? 0;
  const words = text.replace(HAN, " ").match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
  return { count: han + words, minutes: han + words === 0 ? 0 : Math.max(1, Math.round(han / PER_MINUTE.han + words / PER_MINUTE.words)) };
}
