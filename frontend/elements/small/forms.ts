import { postForm } from "./post.ts";

/** Filters that apply themselves, and small forms that answer in place. Both are plain forms underneath. */
export function enhanceForms(): void {
  // On a phone the filters are a sheet: several are chosen there before the form is sent.
  const room = matchMedia("(width >= 60rem)");
  const offer = () => {
    for (const made of document.querySelectorAll<HTMLElement>("[data-filter-submit]")) made.hidden = room.matches;
  };
  offer();
  room.addEventListener("change", offer);
  document.addEventListener("change", (event) => {
    if (!room.matches) return;
    const control = event.target;
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) if (control.matches("[data-filter-form]")) control.form?.requestSubmit();
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-fetch-form]") || event.defaultPrevented) return;
    event.preventDefault();
    const { submitter } = event;
    form.setAttribute("aria-busy", "true");
    const ok = await postForm(form, submitter);
    form.removeAttribute("aria-busy");
    const done = form.querySelector<HTMLElement>("[data-fetch-done]");
    if (ok && done) {
      done.hidden = false;
      return;
    }
    // The page itself knows how to say what is wrong; `submit()` asks no listener again.
    if (submitter instanceof HTMLButtonElement && submitter.name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
      form.append(field);
    }
    form.submit();
  });
}
