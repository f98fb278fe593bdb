export type Kind = "page" | "static" | "icon" | "none";

type Asked = Pick<Request, "method" | "url" | "mode" | "headers">;

const NEVER = /^\/(media|uploads|fn|api|webhooks|test|healthz|readyz|metrics|sw\.js)(\/|$)/;

/** What the worker does with a request; `none` leaves it to the browser. */
export function kindOf({ method, url, mode, headers }: Asked, origin: string): Kind {
  const address = new URL(url);
  if (method !== "GET" || address.origin !== origin || headers.has("range") || NEVER.test(address.pathname)) return "none";
  // A page fetched ahead of time is the browser's own business.
  if (mode === "navigate") return headers.get("sec-purpose")?.startsWith("prefetch") ? "none" : "page";
  if (address.pathname.startsWith("/pkg/")) return "static";
  return address.pathname.startsWith("/icons/") || address.pathname === "/favicon.svg" ? "icon" : "none";
}

/** Only what the server marks as the same for everyone is kept. */
export const keepable = (response: Response): boolean => response.status === 200 && response.type === "basic" && !response.redirected && response.headers.get("X-Cacheable") === "public";
