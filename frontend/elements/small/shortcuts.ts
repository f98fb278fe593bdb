import { shortcutAllowed } from "../keys.ts";

const PATIENCE = 1200;

/** `/` to the search field, `?` for the sheet, `g` and a letter to a place. */
export function shortcuts(): void {
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (!shortcutAllowed(event)) return;
    const act = actionFor(event.key, Date.now() - going < PATIENCE);
    going = event.key === "g" && !act ? Date.now() : 0;
    if (!act) return;
    event.preventDefault();
    // A page that listens for the same letter is not to act as well.
    event.stopImmediatePropagation();
    act();
  });
}

function actionFor(key: string, going: boolean): (() => void) | undefined {
  if (going) {
    const link = [...document.querySelectorAll<HTMLAnchorElement>("a[data-go]")].find((a) => a.dataset.go === key);
    if (link) return () => link.click();
  }
  if (key === "/") {
    const field = [...document.querySelectorAll<HTMLInputElement>("[data-search-input], input[type=search]")].find((input) => input.checkVisibility());
    return field && (() => {
      field.focus();
      field.select();
    });
  }
  const sheet = key === "?" ? document.querySelector<HTMLDialogElement>("dialog#shortcuts") : null;
  return sheet && !sheet.open ? () => sheet.showModal() : undefined;
}
