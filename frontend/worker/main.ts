// The service worker. The table of what it does with which request stands in README.md; everything not named there passes by untouched.
import { cacheFirst, keepBehind, navigate } from "./answers.ts";
import { BUILD_CACHES, PAGES, SHELL_CACHE, SOMEBODY, STATIC, store } from "./caches.ts";
import { kindOf } from "./requests.ts";

declare const SHELL: string[];
declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
  event.waitUntil(fillShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeUp());
});

self.addEventListener("fetch", (event) => {
  const kind = kindOf(event.request, self.location.origin);
  if (kind === "page") event.respondWith(navigate(event));
  else if (kind === "static") event.respondWith(cacheFirst(event, STATIC));
  else if (kind === "icon") event.respondWith(keepBehind(event, STATIC));
});

self.addEventListener("message", (event) => {
  const { type } = (event.data ?? {}) as { type?: string };
  if (type === "take-over") void self.skipWaiting();
  if (type === "somebody") event.waitUntil(caches.open(SOMEBODY));
  if (type === "forget") {
    const done = Promise.all([caches.delete(PAGES), caches.delete(SOMEBODY)]).then(() => event.ports[0]?.postMessage("done"));
    event.waitUntil(done);
  }
});

/** Stored whole or not at all: a half shell must not replace a working one. */
async function fillShell(): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  // Hashed files may come from the browser's own cache; what keeps its name is asked for anew.
  await cache.addAll(SHELL.map((address) => new Request(address, { cache: address.startsWith("/pkg/") ? "default" : "reload" })));
  // The first worker of a visitor need not wait; a new version does, until the person agrees.
  if (!self.registration.active) await self.skipWaiting();
}

async function takeUp(): Promise<void> {
  for (const name of await caches.keys()) {
    if (!name.startsWith("lectern-") || BUILD_CACHES.has(name)) continue;
    await handDown(name);
    await caches.delete(name);
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** Pages stored under an older build still ask for its style and scripts. */
async function handDown(name: string): Promise<void> {
  const old = await caches.open(name);
  for (const request of await old.keys()) {
    const response = new URL(request.url).pathname.startsWith("/pkg/") ? await old.match(request) : undefined;
    if (response) await store(STATIC, request, response);
  }
}
