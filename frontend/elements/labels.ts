/** Words come from the server, in the person's language. */
export type Words = (key: string, values?: Record<string, string | number>) => string;

/** Reads `data-labels`. A key that is missing stands for itself, so that it is seen. */
export function wordsOf(element: HTMLElement): Words {
  let known: Record<string, unknown> = {};
  try {
    known = JSON.parse(element.dataset.labels ?? "{}") as Record<string, unknown>;
  } catch {
    console.warn(`${element.localName}: data-labels is not JSON`);
  }
  return (key, values) => {
    const text = known[key];
    return fill(typeof text === "string" ? text : key, values);
  };
}

/** Puts values into `{name}` places. */
export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
