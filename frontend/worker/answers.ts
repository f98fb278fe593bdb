import { PAGES, SHELL_CACHE, SOMEBODY, store } from "./caches.ts";
import { keepable } from "./requests.ts";

const PATIENCE = 3000;
const OFFLINE = "/offline";
const LANGUAGE = /^\/(zh|en)(\/|$)/;

/**
 * Network first; after three seconds, or without network, the stored copy, which says that it is one. Copies are a visitor's: without
 * one, or while somebody is signed in, a slow network is still waited for.
 */
export async function navigate(event: FetchEvent): Promise<Response> {
  const fresh = fromNetwork(event);
  // It may outlast the answer, and still has something to store.
  event.waitUntil(fresh.then(() => undefined, () => undefined));
  const stored = async (): Promise<Response | undefined> => (await caches.open(PAGES)).match(event.request, { ignoreVary: true });
  const first = await Promise.race([fresh, new Promise<"slow">((done) => setTimeout(done, PATIENCE, "slow"))]).catch(() => "gone" as const);
  if (first instanceof Response) return first;
  const copy = await stored();
  const instead = (): Promise<Response> => (copy ? marked(copy) : offline(event.request.url));
  if (first === "gone") return instead();
  return copy && !(await caches.has(SOMEBODY)) ? marked(copy) : fresh.catch(instead);
}

async function fromNetwork(event: FetchEvent): Promise<Response> {
  const response = ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request));
  if (keepable(response)) {
    event.waitUntil(store(PAGES, event.request, response.clone()));
    // such pages go to visitors alone
    event.waitUntil(caches.delete(SOMEBODY));
  }
  return response;
}

/** The page says by `<body data-copy>` that it is a copy. */
async function marked(copy: Response): Promise<Response> {
  const text = (await copy.text()).replace("<body", "<body data-copy");
  return new Response(text, { status: copy.status, headers: copy.headers });
}

/** The offline page in the language of the address that was asked for. */
async function offline(address: string): Promise<Response> {
  const lang = LANGUAGE.exec(new URL(address).pathname)?.[1];
  return (await (await caches.open(SHELL_CACHE)).match(lang ? `/${lang}${OFFLINE}` : OFFLINE)) ?? Response.error();
}

/** For addresses that change with their contents. The shell is looked through as well. */
export async function cacheFirst(event: FetchEvent, name: string): Promise<Response> {
  const copy = await caches.match(event.request, { ignoreVary: true });
  if (copy) return copy;
  const response = await fetch(event.request);
  if (response.status === 200) event.waitUntil(store(name, event.request, response.clone()));
  return response;
}

/** The stored copy at once, a fresh one for the next time: for addresses that stay. */
export async function keepBehind(event: FetchEvent, name: string): Promise<Response> {
  const copy = (await (await caches.open(name)).match(event.request, { ignoreVary: true })) ?? (await caches.match(event.request, { ignoreVary: true }));
  const fresh = fetch(event.request).then((response) => {
    if (response.status === 200) event.waitUntil(store(name, event.request, response.clone()));
    return response;
  });
  if (!copy) return fresh;
  event.waitUntil(fresh.then(() => undefined, () => undefined));
  return copy;
}
