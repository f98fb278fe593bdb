import { keep, recall } from "../person.ts";

const LATER = "lectern.install-later";
const REST = 90 * 24 * 60 * 60 * 1000;

type InstallPrompt = Event & { prompt: () => Promise<void>; userChoice: Promise<{ outcome: string }> };

/** Shows the page's install card once the browser offers installing, unless the person said "later" within 90 days. */
export function offerInstalling(): void {
  let offered: InstallPrompt | undefined;
  const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-install-card]")];
  const show = (visible: boolean): void => {
    for (const card of cards()) card.hidden = !visible;
  };
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offered = event as InstallPrompt;
    const resting = Date.now() - (recall<number>(LATER) ?? 0) < REST;
    if (!resting && !matchMedia("(display-mode: standalone)").matches) show(true);
  });
  addEventListener("appinstalled", () => show(false));
  document.addEventListener("click", async (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-install], [data-install-later]") : null;
    if (!pressed) return;
    show(false);
    if (pressed.matches("[data-install-later]") || !offered) {
      keep(LATER, Date.now());
      return;
    }
    await offered.prompt();
    if ((await offered.userChoice).outcome !== "accepted") keep(LATER, Date.now());
    offered = undefined;
  });
}
