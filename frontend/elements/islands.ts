// Starts the islands: instead of leptos' own <HydrationScripts>, which asks for the WASM before the page is shown (and needs an inline script).
// Nothing is fetched before `load`, and nothing at all on a page without an island. The walk itself is leptos 0.8.23's island_script.js.

declare const ISLANDS_SCRIPT: string;
declare const ISLANDS_MODULE: string;

type Glue = {
  default: (from: { module_or_path: string }) => Promise<unknown>;
  hydrate: () => void;
} & Record<string, unknown>;
type OnHydrate = (() => void) | undefined;
type Island = Element & { $$on_hydrate?: () => void };

declare global {
  interface Window {
    __hydrateIsland?: (element: HTMLElement, id: string) => Promise<void>;
  }
}

/** What to call when an island begins inside the children of another: restores the owner those children were made under. */
const childrenOf: OnHydrate[] = [];

async function hydrateIsland(element: HTMLElement, id: string, glue: Glue): Promise<void> {
  const start = glue[id];
  if (typeof start !== "function") {
    console.warn(`Could not find WASM function for the island ${id}.`);
    return;
  }
  childrenOf.at(-1)?.();
  // An island that is split off comes as a promise.
  await (start as (element: HTMLElement) => unknown)(element);
}

async function traverse(node: Element, glue: Glue): Promise<void> {
  const tag = node.localName;
  if (tag === "leptos-island") {
    const island = node as HTMLElement;
    await hydrateIsland(island, island.dataset.component ?? "", glue);
  }
  const fence = tag === "leptos-children";
  if (fence) childrenOf.push((node as Island).$$on_hydrate);
  for (const child of node.children) await traverse(child, glue);
  if (fence) childrenOf.pop();
}

async function start(address: string): Promise<void> {
  if (!address || !document.querySelector("leptos-island")) return;
  const glue = (await import(address)) as Glue;
  window.__hydrateIsland = (element, id) => hydrateIsland(element, id, glue);
  await glue.default({ module_or_path: ISLANDS_MODULE });
  glue.hydrate();
  await traverse(document.body, glue);
  document.documentElement.dataset.islands = "ready";
}

function idle(): void {
  // Safari has no idle callback; a page that is never idle must not stay dead.
  if ("requestIdleCallback" in window) requestIdleCallback(() => void start(ISLANDS_SCRIPT), { timeout: 1500 });
  else void start(ISLANDS_SCRIPT);
}

if (document.readyState === "complete") idle();
else addEventListener("load", idle, { once: true });

export {};
