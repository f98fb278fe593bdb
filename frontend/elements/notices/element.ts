import { wordsOf } from "../labels.ts";
import { button, make } from "../make.ts";
import { waiting } from "../outbox.ts";
import { offerInstalling } from "./install.ts";
import { cleanSignOut } from "./sign_out.ts";
import { registerWorker } from "./worker.ts";

/** What the program itself has to say: no connection, records that wait, a new version. Toasts never take the focus. */
export class AppNotices extends HTMLElement {
  #begun = false;

  connectedCallback(): void {
    if (this.#begun) return;
    this.#begun = true;
    const words = wordsOf(this);
    const strip = make("p", { class: "strip", role: "status" });
    const toasts = make("div", { class: "toasts" });
    // A live region has to be there before it is filled; an empty strip takes no room.
    strip.hidden = true;
    this.append(strip, toasts);

    const show = (): void => {
      const count = waiting().length;
      // One event is under way at any moment of a lesson; it is worth a word only when it cannot leave.
      const text = navigator.onLine ? (count > 1 ? words("waiting", { count }) : "") : [words("offline"), count > 0 && words("waiting", { count })].filter(Boolean).join(" · ");
      if (strip.textContent !== text) strip.textContent = text;
      strip.hidden = text === "";
    };
    for (const type of ["online", "offline"]) addEventListener(type, show);
    document.addEventListener("outbox-changed", show);
    show();

    // kept by the worker; without network the strip says enough
    if (document.body.dataset.copy !== undefined && navigator.onLine) {
      const anew = button("", words("reload"));
      anew.addEventListener("click", () => location.reload());
      toasts.append(make("div", { class: "toast", role: "status" }, make("span", {}, words("copy")), anew));
    }

    const offer = (install: () => void): void => {
      if (toasts.querySelector("[data-update]")) return;
      const [update, later] = [button("", words("update")), button("", words("later"))];
      const toast = make("div", { class: "toast", role: "status", "data-update": true }, make("span", {}, words("new_version")), update, later);
      update.addEventListener("click", install);
      later.addEventListener("click", () => toast.remove());
      toasts.append(toast);
    };
    const begin = (): void => void registerWorker(this.dataset.worker ?? "/sw.js", offer);
    if (document.readyState === "complete") begin();
    else addEventListener("load", begin, { once: true });
    offerInstalling();
    cleanSignOut(words);
  }
}
