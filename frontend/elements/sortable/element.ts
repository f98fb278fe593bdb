import { announce } from "../announce.ts";
import { composing } from "../keys.ts";
import { wordsOf, type Words } from "../labels.ts";
import { button, icon } from "../make.ts";
import { ITEM, itemsOf, listsFor, nameOf, orderOf, placeOf, put, snapshot } from "./board.ts";
import { drag } from "./drag.ts";
import { across, encode, same, step } from "./order.ts";

/** Lists whose items can be put in order by pointer, by key and by the buttons of their plain forms. */
export class SortableList extends HTMLElement {
  #words: Words = (key) => key;
  #ending: AbortController | undefined;
  #savedOrder: [string, string][] = [];
  #restoreSaved: () => void = () => undefined;
  #saving = false;
  #again = false;

  connectedCallback(): void {
    this.#ending?.abort();
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    this.#words = wordsOf(this);
    for (const item of this.querySelectorAll<HTMLElement>(ITEM)) this.#equip(item);
    this.#remember();
    this.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.addEventListener("pointerdown", (event) => this.#onPress(event), { signal });
    this.addEventListener("submit", (event) => this.#onMoveForm(event), { signal });
    this.toggleAttribute("data-ready", true);
  }

  disconnectedCallback(): void {
    this.#ending?.abort();
  }

  #equip(item: HTMLElement): void {
    let handle = [...item.querySelectorAll<HTMLElement>("[data-sort-handle]")].find((found) => found.closest(ITEM) === item);
    const label = this.#words("handle", { name: nameOf(item) });
    if (!handle) {
      handle = button("handle", label, icon("grip"));
      handle.setAttribute("data-sort-handle", "");
      item.prepend(handle);
    }
    handle.hidden = false;
    handle.setAttribute("aria-label", label);
    handle.title = label;
  }

  #onPress(event: PointerEvent): void {
    const handle = (event.target as Element).closest<HTMLElement>("[data-sort-handle]");
    const item = handle?.closest<HTMLElement>(ITEM);
    if (!handle || !item || event.button !== 0) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    const say = (key: string): void => announce(this.#words(key, { name: nameOf(item) }));
    drag(this, item, event, {
      lifted: () => say("lifted"),
      cancelled: () => say("cancelled"),
      dropped: () => {
        handle.focus({ preventScroll: true });
        this.#moved(item);
      },
    });
  }

  #onKey(event: KeyboardEvent): void {
    if (!event.altKey || event.ctrlKey || event.metaKey || composing(event)) return;
    const way = { ArrowUp: [step, -1], ArrowDown: [step, 1], ArrowLeft: [across, -1], ArrowRight: [across, 1] }[event.key] as [typeof step, 1 | -1] | undefined;
    const item = (event.target as Element).closest<HTMLElement>(ITEM);
    if (!way || !item) return;
    event.preventDefault();
    this.#move(item, ...way);
  }

  #onMoveForm(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const item = form.closest<HTMLElement>(ITEM);
    const value = (event.submitter as HTMLButtonElement | null)?.value;
    if (!form.matches("[data-sort-move]") || !item || (value !== "up" && value !== "down")) return;
    event.preventDefault();
    this.#move(item, step, value === "up" ? -1 : 1);
  }

  #move(item: HTMLElement, way: typeof step, by: 1 | -1): void {
    const lists = listsFor(this, item);
    const sizes = lists.map((list) => itemsOf(list).length);
    const to = way(sizes, placeOf(lists, item), by);
    const list = to && lists[to.list];
    if (!list) {
      announce(this.#words("edge", { name: nameOf(item) }));
      return;
    }
    const focused = document.activeElement;
    put(list, item, to.index);
    if (focused instanceof HTMLElement && item.contains(focused)) focused.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    this.#moved(item);
  }

  #moved(item: HTMLElement): void {
    if (same(orderOf(this), this.#savedOrder) && !this.#saving) return;
    const list = item.parentElement as HTMLElement;
    const peers = itemsOf(list);
    const outer = list.closest<HTMLElement>(ITEM);
    const values = { name: nameOf(item), position: peers.indexOf(item) + 1, count: peers.length, list: nameOf(outer) };
    announce(this.#words(outer ? "moved_into" : "moved", values));
    void this.#save();
  }

  #remember(): void {
    this.#savedOrder = orderOf(this);
    this.#restoreSaved = snapshot(this);
  }

  /** One request at a time; moves made meanwhile go out with the next. */
  async #save(): Promise<void> {
    const address = this.dataset.orderUrl;
    if (!address) return;
    if (this.#saving) {
      this.#again = true;
      return;
    }
    this.#saving = true;
    this.setAttribute("aria-busy", "true");
    do {
      this.#again = false;
      const order = orderOf(this);
      const kept = snapshot(this);
      const ok = await this.#send(address, encode(order, this.dataset.version));
      if (ok) {
        this.#savedOrder = order;
        this.#restoreSaved = kept;
        this.dispatchEvent(new CustomEvent("sorted", { bubbles: true, detail: { order } }));
      } else {
        this.#again = false;
        const focused = document.activeElement;
        this.#restoreSaved();
        if (focused instanceof HTMLElement && this.contains(focused)) focused.focus();
        this.#complain();
      }
    } while (this.#again);
    this.#saving = false;
    this.removeAttribute("aria-busy");
  }

  async #send(address: string, body: string): Promise<boolean> {
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", Accept: "application/json" },
        body,
        credentials: "same-origin",
      });
      if (!answer.ok || answer.redirected) return false;
      const { version } = (await answer.json().catch(() => ({}))) as { version?: string | number };
      if (version !== undefined) this.dataset.version = String(version);
      this.querySelector(":scope > .sort-fault")?.remove();
      return true;
    } catch {
      return false;
    }
  }

  #complain(): void {
    this.querySelector(":scope > .sort-fault")?.remove();
    const fault = document.createElement("p");
    fault.className = "notice notice-danger sort-fault";
    fault.setAttribute("role", "alert");
    fault.textContent = this.#words("failed");
    this.prepend(fault);
  }
}
