import { Editor, Extension } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";
import { Placeholder } from "@tiptap/extensions";
import { Markdown } from "@tiptap/markdown";
import { StarterKit } from "@tiptap/starter-kit";
import { wordsOf, type Words } from "../elements/labels.ts";
import { button, make } from "../elements/make.ts";
import { droppedImages, imagesOf, insertImage } from "./images.ts";
import { linkable, linkRow } from "./link.ts";
import { faithful, measure } from "./markdown.ts";
import { slashMenu } from "./slash.ts";
import { toolbar } from "./toolbar.ts";

const PAUSE = 120;

/** Visual writing over a Markdown field: the field keeps the text, this keeps the field up to date. */
export class LessonEditor extends HTMLElement {
  #editor: Editor | undefined;
  #field: HTMLTextAreaElement | undefined;
  #words: Words = (key) => key;
  #ending: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #visual = make("div", { class: "editor-visual" });
  #status = make("output", { class: "small muted" });
  #count = make("span", { class: "small faint num" });
  #notice = make("p", { class: "notice", hidden: true });
  #switch = button("btn btn-quiet btn-small", "");

  connectedCallback(): void {
    const field = this.querySelector("textarea");
    if (!field || this.#editor) return;
    this.#field = field;
    this.#words = wordsOf(this);
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    // A hidden field that is required would stop the form without a word; the server says it instead.
    field.required = false;
    this.#build(field);
    field.before(this.#notice, this.#visual);
    field.after(make("div", { class: "editor-foot split" }, make("span", { class: "cluster" }, this.#count, this.#status), this.#switch));
    this.#switch.addEventListener("click", () => (this.#inSource ? this.#toVisual(true) : this.#toSource()), { signal });
    field.addEventListener("filled", () => this.#read(), { signal });
    field.addEventListener("input", () => this.#inSource && this.#measure(field.value), { signal });
    field.form?.addEventListener("submit", () => this.#write(), { signal, capture: true });
    addEventListener("pagehide", () => this.#write(), { signal, capture: true });
    for (const label of field.labels ?? []) label.addEventListener("click", (event) => this.#onLabel(event), { signal });
    this.#read();
    this.toggleAttribute("data-ready", true);
  }

  disconnectedCallback(): void {
    this.#write();
    clearTimeout(this.#timer);
    this.#ending?.abort();
    this.#editor?.destroy();
    this.#editor = undefined;
    this.#visual.remove();
    if (this.#field) this.#field.hidden = false;
  }

  #onLabel(event: Event): void {
    if (this.#inSource) return;
    event.preventDefault();
    this.#editor?.commands.focus();
  }

  get #inSource(): boolean {
    return this.#visual.hidden !== false;
  }

  #build(field: HTMLTextAreaElement): void {
    const words = this.#words;
    const endpoint = this.dataset.uploadUrl;
    const picker = make("input", { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", multiple: true, hidden: true, tabindex: -1, "aria-hidden": "true" });
    const take = async (files: File[]): Promise<void> => {
      for (const file of files) if (this.#editor) await insertImage(this.#editor, file, endpoint ?? "", words, (text) => (this.#status.textContent = text));
    };
    picker.addEventListener("change", () => {
      const files = imagesOf(picker.files);
      picker.value = "";
      void take(files);
    });
    picker.addEventListener("input", (event) => event.stopPropagation());
    const image = endpoint ? (): void => picker.click() : undefined;
    let openLink = (): void => undefined;
    let bar: { element: HTMLElement; refresh: () => void } | undefined;
    const onLinkKey = (): boolean => {
      openLink();
      return true;
    };
    const place = make("div", { class: "editor" });
    const editor = new Editor({
      element: place,
      injectCSS: false,
      extensions: [
        StarterKit.configure({ underline: false, heading: { levels: [1, 2, 3, 4, 5, 6] }, link: { openOnClick: false, autolink: true, isAllowedUri: (address) => linkable(address) } }),
        Image.configure({ inline: true }),
        Placeholder.configure({ placeholder: words("placeholder") }),
        Markdown.configure({ markedOptions: { gfm: true } }),
        slashMenu(words, image),
        Extension.create({ name: "linkKey", addKeyboardShortcuts: () => ({ "Mod-k": () => onLinkKey() }) }),
        ...(endpoint ? [droppedImages((files) => void take(files))] : []),
      ],
      editorProps: { attributes: attributesFor(field, words("text")) },
      onUpdate: () => this.#soon(),
      onBlur: () => this.#write(),
      onTransaction: () => bar?.refresh(),
    });
    this.#editor = editor;
    const link = linkRow(editor, words);
    openLink = link.open;
    bar = toolbar(editor, words, { link: link.open, image });
    this.#visual.append(bar.element, link.element, place, picker);
  }

  /** Takes up what the field holds, visually where nothing would be lost. */
  #read(): void {
    const [editor, field] = [this.#editor, this.#field];
    if (!editor || !field) return;
    const text = field.value.replaceAll("\r\n", "\n");
    this.#measure(text);
    if (faithful(editor, text)) {
      this.#notice.hidden = true;
      this.#load(text);
      this.#toVisual(false);
    } else {
      this.#notice.textContent = this.#words("source_only");
      this.#notice.hidden = false;
      this.#toSource();
    }
  }

  #load(text: string): void {
    this.#editor?.chain().setMeta("addToHistory", false).setContent(text, { contentType: "markdown", emitUpdate: false }).run();
  }

  #toSource(): void {
    this.#write();
    this.#visual.hidden = true;
    if (this.#field) this.#field.hidden = false;
    this.#switch.textContent = this.#words("rich");
    this.toggleAttribute("data-source", true);
  }

  #toVisual(asked: boolean): void {
    const [editor, field] = [this.#editor, this.#field];
    if (!editor || !field) return;
    if (asked) {
      const text = field.value.replaceAll("\r\n", "\n");
      if (!faithful(editor, text)) {
        this.#notice.textContent = this.#words("source_only");
        this.#notice.hidden = false;
        return;
      }
      this.#notice.hidden = true;
      this.#load(text);
    }
    field.hidden = true;
    this.#visual.hidden = false;
    this.#switch.textContent = this.#words("source");
    this.toggleAttribute("data-source", false);
    if (asked) editor.commands.focus();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#write(), PAUSE);
  }

  /** Writes the document into the field, as if it had been typed there. */
  #write(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [editor, field] = [this.#editor, this.#field];
    if (!editor || !field || this.#inSource) return;
    const text = editor.getMarkdown();
    if (text === field.value) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#measure(editor.getText());
  }

  #measure(text: string): void {
    const { count, minutes } = measure(text);
    this.#count.textContent = count > 0 ? this.#words("words", { count, minutes }) : "";
  }
}

function attributesFor(field: HTMLTextAreaElement, name: string): Record<string, string> {
  const attributes: Record<string, string> = { class: "prose", role: "textbox", "aria-multiline": "true", "aria-label": field.labels?.[0]?.textContent?.trim() || name };
  const described = field.getAttribute("aria-describedby");
  if (described) attributes["aria-describedby"] = described;
  const language = field.lang;
  if (language) attributes["lang"] = language;
  return attributes;
}
