// Somebody else saved in between: both texts are shown, and the person chooses.
import type { Words } from "../labels.ts";
import { button, make } from "../make.ts";
import type { Fields } from "./draft.ts";

/** A block that shows each differing field twice. `choose` is told which side was taken. */
export function conflictNotice(words: Words, mine: Fields, theirs: Fields, nameOfField: (name: string) => string, choose: (side: "mine" | "theirs") => void): HTMLElement {
  const other = new Map(theirs);
  const differing = mine.filter(([name, value]) => other.has(name) && other.get(name) !== value);
  const side = (title: string, text: string): HTMLElement => {
    const area = make("textarea", { class: "input", readonly: true, rows: 5, "aria-label": title });
    area.value = text;
    return make("div", { class: "field" }, make("span", { class: "small strong" }, title), area);
  };
  const pairs = differing.map(([name, value]) =>
    make(
      "div",
      { class: "fields-2" },
      side(`${nameOfField(name)} · ${words("mine")}`, value),
      side(`${nameOfField(name)} · ${words("theirs")}`, other.get(name) ?? ""),
    ),
  );
  const act = (look: string, key: string, which: "mine" | "theirs"): HTMLElement => {
    const made = button(`btn ${look} btn-small`, words(key));
    made.addEventListener("click", () => choose(which));
    return made;
  };
  return make(
    "div",
    { class: "notice notice-warning autosave-conflict", role: "alert" },
    make(
      "div",
      { class: "notice-body" },
      make("p", { class: "notice-title" }, words("conflict")),
      ...pairs,
      make("div", { class: "form-actions" }, act("btn-primary", "keep_mine", "mine"), act("btn-secondary", "use_theirs", "theirs")),
    ),
  );
}
