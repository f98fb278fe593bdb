import { wordsOf } from "../labels.ts";

/** What WeChat puts into the pages that it shows. */
interface Bridge {
  invoke(name: "getBrandWCPayRequest", sheet: Record<string, string>, heard: (answer: { err_msg?: string }) => void): void;
}

declare global {
  interface Window {
    WeixinJSBridge?: Bridge;
  }
}

/** Opens WeChat's sheet for what the server had signed. Its button is hidden until WeChat is there to open it. */
export class WechatSheet extends HTMLElement {
  connectedCallback(): void {
    // WeChat may bring its bridge after the page
    if (window.WeixinJSBridge) this.#offer();
    else document.addEventListener("WeixinJSBridgeReady", () => this.#offer(), { once: true });
  }

  #offer(): void {
    const button = this.querySelector("button");
    if (!button?.hidden) return;
    button.hidden = false;
    button.addEventListener("click", () => this.#open(button));
  }

  #open(button: HTMLButtonElement): void {
    const { sheet = "", paid = "" } = this.dataset;
    const parts = Object.fromEntries(new URLSearchParams(sheet.slice(sheet.indexOf("?") + 1)));
    const words = wordsOf(this);
    const say = (text: string): void => {
      const place = this.querySelector("[role=status]");
      if (place) place.textContent = text;
    };
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    say("");
    window.WeixinJSBridge?.invoke("getBrandWCPayRequest", parts, ({ err_msg: said = "" }) => {
      button.removeAttribute("aria-busy");
      // it proves nothing: the page that follows waits for WeChat Pay's word
      if (said.endsWith(":ok")) location.assign(paid);
      else say(words(said.endsWith(":cancel") ? "cancelled" : "failed"));
    });
  }
}
