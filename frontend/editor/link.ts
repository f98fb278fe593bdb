import type { Editor } from "@tiptap/core";
import type { Words } from "../elements/labels.ts";
import { button, make } from "../elements/make.ts";

/** Addresses a lesson may link to: the web, mail, and places of this site. */
export const linkable = (address: string): boolean => /^(https?:\/\/[^\s]+|mailto:[^\s]+|\/[^\s]*|#[^\s]+)$/i.test(address);

/** A small row under the toolbar where a link's address is written. */
export function linkRow(editor: Editor, words: Words): { element: HTMLElement; open: () => void } {
  const input = make("input", { type: "text", inputmode: "url", class: "input", "aria-label": words("link_address"), placeholder: "https://", autocomplete: "off", spellcheck: "false" });
  const fault = make("p", { class: "error", role: "alert", hidden: true }, words("link_invalid"));
  const apply = button("btn btn-primary btn-small", words("link_apply"));
  const remove = button("btn btn-quiet btn-small", words("link_remove"));
  const element = make("div", { class: "editor-link", hidden: true }, input, apply, remove, fault);
  const close = (): void => {
    element.hidden = true;
    editor.commands.focus();
  };
  const commit = (): void => {
    const written = input.value.trim();
    const address = /^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(written) ? `https://${written}` : written;
    fault.hidden = address === "" || linkable(address);
    if (!fault.hidden) return;
    const chain = editor.chain().focus().extendMarkRange("link");
    if (address === "") chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) chain.insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] }).run();
    else chain.setLink({ href: address }).run();
    close();
  };
  apply.addEventListener("click", commit);
  remove.addEventListener("click", () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    close();
  });
  // The field stands in the page's form, but is none of its fields: Enter here must not send the form.
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      commit();
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("input", (event) => event.stopPropagation());
  const open = (): void => {
    input.value = String(editor.getAttributes("link")["href"] ?? "");
    remove.hidden = !editor.isActive("link");
    fault.hidden = true;
    element.hidden = false;
    input.focus();
    input.select();
  };
  return { element, open };
}
