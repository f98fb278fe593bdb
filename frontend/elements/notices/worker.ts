import { person } from "../person.ts";

// The service worker's life as the page sees it: registered after load, and replaced only when the person says so.

/** True while a reload would cost the person something. */
function busy(): boolean {
  return document.querySelector("lesson-player[data-playing]") !== null || [...document.querySelectorAll("autosave-form")].some((form) => (form as { dirty?: boolean }).dirty === true);
}

/** Registers the worker; `offer` is called with what installs a waiting version. */
export async function registerWorker(address: string, offer: (install: () => void) => void): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  let wanted = false;
  serviceWorker.addEventListener("controllerchange", () => {
    // The first worker of a fresh visitor takes over quietly; another tab's update does not reload this one.
    if (wanted) location.reload();
  });
  const registration = await serviceWorker.register(address, { scope: "/" }).catch(() => undefined);
  if (!registration) return;
  // from now on a slow network is waited for: copies are a visitor's
  if (person()) void serviceWorker.ready.then(({ active }) => active?.postMessage({ type: "somebody" }));
  const propose = (): void => {
    const { waiting } = registration;
    if (!waiting || serviceWorker.controller === null) return;
    const ask = (): void =>
      offer(() => {
        wanted = true;
        waiting.postMessage({ type: "take-over" });
      });
    if (!busy()) return ask();
    const timer = setInterval(() => {
      if (busy()) return;
      clearInterval(timer);
      ask();
    }, 3000);
  };
  propose();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", propose);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void registration.update().catch(() => undefined);
  });
}

/** Has the worker forget every page it kept, and waits until it did (a second at most). */
export async function clearCaches(): Promise<void> {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise<void>((resolve) => {
    port1.onmessage = () => resolve();
    setTimeout(resolve, 1000);
  });
  worker.postMessage({ type: "forget" }, [port2]);
  await done;
}
