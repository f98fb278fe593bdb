import { postForm } from "./post.ts";

/** Changes the theme without loading the page again; the server keeps it. */
export function switchThemes(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const pressed = event.submitter;
    if (!form.matches("[data-theme-form]") || !(pressed instanceof HTMLButtonElement) || pressed.name !== "theme") return;
    event.preventDefault();
    document.documentElement.dataset.theme = pressed.value;
    for (const made of document.querySelectorAll<HTMLButtonElement>("[data-theme-form] button[name=theme]")) {
      made.setAttribute("aria-pressed", String(made.value === pressed.value));
    }
    void postForm(form, pressed);
  });
}
