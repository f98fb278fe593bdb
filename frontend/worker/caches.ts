declare const BUILD: string;

/** The shell belongs to one build; the others outlive it. */
export const SHELL_CACHE = `lectern-shell-${BUILD}`;
export const STATIC = "lectern-static";
export const PAGES = "lectern-pages";
/** Empty; it is there while somebody is signed in, whom a visitor's page shows a wrong state. */
export const SOMEBODY = "lectern-somebody";
export const BUILD_CACHES = new Set([SHELL_CACHE, STATIC, PAGES, SOMEBODY]);

const LIMITS: Record<string, number> = { [STATIC]: 80, [PAGES]: 50 };

/** Stores a copy as the newest of its cache and drops the oldest beyond the cache's limit. */
export async function store(name: string, request: Request, response: Response): Promise<void> {
  const cache = await caches.open(name);
  // Put anew rather than replaced, so that the order of keys is the order of use.
  await cache.delete(request);
  await cache.put(request, response);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - (LIMITS[name] ?? 100)))) await cache.delete(old);
}
