import { draftCount } from "../autosave/draft.ts";
import type { Words } from "../labels.ts";
import { drain, waiting } from "../outbox.ts";
import { forgetEveryone } from "../person.ts";
import { clearCaches } from "./worker.ts";

/** Before somebody signs out: what waits is sent, then everything of theirs on this device goes. */
export function cleanSignOut(words: Words): void {
  let clean = false;
  document.addEventListener("submit", async (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-sign-out]") || clean || event.defaultPrevented) return;
    event.preventDefault();
    await Promise.race([drain(), new Promise((done) => setTimeout(done, 1500))]);
    if (waiting().length + draftCount() > 0 && !confirm(words("unsent"))) return;
    forgetEveryone();
    await clearCaches();
    clean = true;
    form.requestSubmit(event.submitter instanceof HTMLElement ? event.submitter : null);
  });
}
