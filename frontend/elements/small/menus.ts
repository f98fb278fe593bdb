const OPEN = "details:is(.menu, [data-menu])[open]";

/** Menus made of `<details>`: one at a time, closed by a click elsewhere or Escape. */
export function closeMenus(): void {
  const close = (menu: Element, focus: boolean): void => {
    menu.removeAttribute("open");
    if (focus) menu.querySelector<HTMLElement>("summary")?.focus();
  };
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(OPEN)) if (!menu.contains(event.target as Node)) close(menu, false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const menu = [...document.querySelectorAll(OPEN)].at(-1);
    if (!menu) return;
    event.preventDefault();
    close(menu, menu.contains(document.activeElement));
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of document.querySelectorAll(OPEN)) if (!menu.contains(event.target as Node)) close(menu, false);
  });
}
