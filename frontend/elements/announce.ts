/** Has the page's live region (kept by `<app-notices>`, or made here) read a text out politely. */
export function announce(text: string): void {
  document.dispatchEvent(new CustomEvent("announce", { detail: { text } }));
}

/** Answers `announce` events with one polite region for the whole page. */
export function listenForAnnouncements(): void {
  const region = document.createElement("div");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  document.body.append(region);
  document.addEventListener("announce", (event) => {
    const text = (event as CustomEvent<{ text?: string }>).detail?.text ?? "";
    // A repeated text is read again only when it differs.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text;
  });
}
