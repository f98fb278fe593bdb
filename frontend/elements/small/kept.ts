import { make } from "../make.ts";

/** On the offline page: the public pages that the service worker has kept, newest first. */
export class KeptPages extends HTMLElement {
  async connectedCallback(): Promise<void> {
    if (this.childElementCount > 0 || !("caches" in window)) return;
    const pages = await kept(document.documentElement.lang.slice(0, 2));
    const list = make("ul", { class: "list" }, ...pages.map(({ title, address }) => make("li", {}, make("a", { href: address }, title))));
    const heading = make("h2", {}, this.dataset.title ?? "");
    const section = make("section", { class: "section" }, make("header", { class: "section-head" }, heading));
    section.append(pages.length > 0 ? list : make("p", { class: "muted" }, this.dataset.none ?? ""));
    this.replaceChildren(section);
  }
}

/** Title and address of every kept page of a language. */
async function kept(lang: string): Promise<{ title: string; address: string }[]> {
  const pages: { title: string; address: string }[] = [];
  if (!(await caches.has("lectern-pages"))) return pages;
  const cache = await caches.open("lectern-pages");
  for (const request of await cache.keys()) {
    const address = new URL(request.url);
    const html = await (await cache.match(request))?.text();
    if (!html || address.pathname.split("/")[1] !== lang) continue;
    const title = new DOMParser().parseFromString(html, "text/html").title;
    pages.unshift({ title: title || address.pathname, address: address.pathname + address.search });
  }
  return pages;
}
