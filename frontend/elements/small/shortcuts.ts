import { SHORTCUTS, shortcutAllowed, shortcutsOff } from "../keys.ts";
import { forget, keep } from "../person.ts";

/** `/` leads to the search field. */
export function shortcuts(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || !shortcutAllowed(event)) return;
    const field = [...document.querySelectorAll<HTMLInputElement>("[data-search-input], input[type=search]")].find((input) => input.checkVisibility());
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  offerSwitch();
}

/** The switch of the settings. Without a script there are no keys to switch off: it is hidden until here. */
function offerSwitch(): void {
  const place = document.querySelector<HTMLElement>("[data-shortcut-switch]");
  const box = place?.querySelector("input");
  if (!place || !box) return;
  box.checked = !shortcutsOff();
  place.hidden = false;
  box.addEventListener("change", () => {
    if (box.checked) forget(SHORTCUTS);
    else keep(SHORTCUTS, "off");
  });
}
