type Child = Node | string | false | null | undefined;
type Attributes = Record<string, string | number | boolean | null | undefined>;

/** Makes an element; `class` and other attributes by name, `true` for an empty one, false and null for none. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** A plain button that submits nothing. */
export function button(className: string, label: string, ...children: Child[]): HTMLButtonElement {
  return children.length > 0
    ? make("button", { type: "button", class: className, "aria-label": label, title: label }, ...children)
    : make("button", { type: "button", class: className }, label);
}

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M8 5v14M16 5v14",
  back: "M4 4.5v5h5M4.4 9.5A8 8 0 1 1 4 13",
  forward: "M20 4.5v5h-5M19.6 9.5A8 8 0 1 0 20 13",
  sound: "M4 9.5h3.5L12 6v12l-4.5-3.5H4zM15.5 9.2a4 4 0 0 1 0 5.6M18 6.6a8 8 0 0 1 0 10.8",
  muted: "M4 9.5h3.5L12 6v12l-4.5-3.5H4zM16 9.7l4.6 4.6m0-4.6L16 14.3",
  captions: "M3.5 5.5h17v13h-17zM10.4 10.6a2 2 0 1 0 0 2.8M16.9 10.6a2 2 0 1 0 0 2.8",
  window: "M3.5 5h17v14h-17zM12 12h6v4.5h-6z",
  theatre: "M2.5 7h19v10h-19z",
  zen: "M4 8.5V4h4.5M20 8.5V4h-4.5M4 15.5V20h4.5M20 15.5V20h-4.5M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  shrink: "M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5",
  next: "M6 5v14l9.5-7zM18.5 5v14",
  grip: "M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01",
  close: "M6 6l12 12M18 6L6 18",
} as const;

export type Shape = keyof typeof SHAPES;

/** A 24-grid line icon, for the eye only. */
export const icon = (shape: Shape): SVGSVGElement => drawing(SHAPES[shape]);

/** The same from a path of one's own. */
export function drawing(line: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", line);
  svg.append(path);
  return svg;
}

/** Changes what an icon shows. */
export function reshape(svg: Element, shape: Shape): void {
  svg.querySelector("path")?.setAttribute("d", SHAPES[shape]);
}
