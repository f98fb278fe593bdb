const RELEASE = 10_000;
const GUARDED = "form[data-once], submit-once form";

/** A second submit while the first is under way is ignored. Nothing is disabled, so nothing can stay disabled. */
export function guardDoubleSubmits(): void {
  const busy = new Map<HTMLFormElement, ReturnType<typeof setTimeout>>();
  const release = (form: HTMLFormElement): void => {
    clearTimeout(busy.get(form));
    busy.delete(form);
    for (const element of [form, ...form.querySelectorAll("[aria-busy]")]) element.removeAttribute("aria-busy");
  };
  addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(GUARDED)) return;
    if (busy.has(form)) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    form.setAttribute("aria-busy", "true");
    event.submitter?.setAttribute("aria-busy", "true");
    busy.set(form, setTimeout(() => release(form), RELEASE));
  });
  addEventListener("pageshow", () => [...busy.keys()].forEach(release));
}
