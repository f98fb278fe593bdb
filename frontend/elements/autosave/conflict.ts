// Somebody else saved in between: both texts are shown, and the person chooses.
import type { Words } from "../labels.ts";
import { button, make } from "../make.ts";
import type { Fields } from "./draft.ts";

/** How a field is called and its value read by people; `undefined`: the field is not there, as a box that is not ticked. */
export type Reading = { label: (name: string) => string; shown: (name: string, value: string | undefined) => string };

/** A block that shows each differing field twice. `choose` is told which side was taken. */
export function conflictNotice(words: Words, mine: Fields, theirs: Fields, reading: Reading, choose: (side: "mine" | "theirs") => void): HTMLElement {
  const [own, other] = [new Map(mine), new Map(theirs)];
  const differing = [...new Set([...own.keys(), ...other.keys()])].filter((name) => own.get(name) !== other.get(name));
  const side = (title: string, text: string): HTMLElement => {
    const area = make("textarea", { class: "input", readonly: true, rows: 5, "aria-label": title });
    area.value = text;
    return make("div", { class: "field" }, make("span", { class: "small strong" }, title), area);
  };
  const pairs = differing.map((name) =>
    make(
      "div",
      { class: "fields-2" },
      side(`${reading.label(name)} · ${words("mine")}`, reading.shown(name, own.get(name))),
      side(`${reading.label(name)} · ${words("theirs")}`, reading.shown(name, other.get(name))),
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
