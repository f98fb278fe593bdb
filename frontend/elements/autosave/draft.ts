// The copy of a form that stands on this device until the server has it.
import { forget, keep, ownKey, ownKeys, recall } from "../person.ts";

export type Fields = [name: string, value: string][];
export type Draft = { fields: Fields; version: string; at: number };

const WEEKS = 30 * 24 * 60 * 60 * 1000;
const NOT_CONTENT = new Set(["version", "_method"]);

/** What the person can change: all fields but files and the version. */
export function fieldsOf(form: HTMLFormElement): Fields {
  return [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string" && !NOT_CONTENT.has(entry[0]));
}

export const versionOf = (form: HTMLFormElement): string => (form.elements.namedItem("version") as HTMLInputElement | null)?.value ?? "";

/** A box is in a form's fields only while it is ticked. */
export const isBox = (form: HTMLFormElement, name: string): boolean => {
  const control = form.elements.namedItem(name);
  return control instanceof HTMLInputElement && control.type === "checkbox";
};

/** What the form would hold had it been filled with what the server has; fields the server says nothing of stay as they are. */
export function theirsOf(form: HTMLFormElement, mine: Fields, said: Record<string, string>): Fields {
  const names = new Set([...form.elements].map((control) => control.getAttribute("name") ?? ""));
  return [...names].flatMap((name): Fields => {
    const value = said[name];
    if (value === undefined) return mine.filter(([own]) => own === name);
    return value === "" && isBox(form, name) ? [] : [[name, value]];
  });
}

/** Line ends differ between a textarea's value and what a form sends; that is no difference. */
export const equal = (a: Fields, b: Fields): boolean => {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n");
  return a.length === b.length && a.every(([name, value], i) => b[i]?.[0] === name && plain(b[i]?.[1] ?? "") === plain(value));
};

export const keepDraft = (name: string, draft: Draft): boolean => keep(ownKey("draft", name), draft);
export const dropDraft = (name: string): void => forget(ownKey("draft", name));

/** A copy that is not too old. */
export function findDraft(name: string): Draft | undefined {
  const draft = recall<Draft>(ownKey("draft", name));
  return draft && Array.isArray(draft.fields) && Date.now() - draft.at < WEEKS ? draft : undefined;
}

/** How many forms of this person still hold unsent text on this device. */
export const draftCount = (): number => ownKeys("draft").length;

/** Writes values back into their controls; boxes and radios are set by value, and editors hear of it. */
export function fillForm(form: HTMLFormElement, fields: Fields): void {
  const left = new Map<string, string[]>();
  for (const [name, value] of fields) left.set(name, [...(left.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement)) continue;
    if (!control.name || NOT_CONTENT.has(control.name) || (control instanceof HTMLInputElement && ["file", "submit", "button"].includes(control.type))) continue;
    const values = left.get(control.name);
    if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
      control.checked = values?.includes(control.value) ?? false;
    } else if (control instanceof HTMLSelectElement && control.multiple) {
      for (const option of control.options) option.selected = values?.includes(option.value) ?? false;
    } else {
      const value = values?.shift();
      if (value === undefined || value === control.value) continue;
      control.value = value;
    }
    control.dispatchEvent(new CustomEvent("filled", { bubbles: true }));
  }
}
