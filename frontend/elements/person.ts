/** The opaque id of who is signed in; empty for a visitor. */
export const person = (): string => document.body.dataset.person ?? "";

const PREFIX = "lectern.";

/** The key under which something of this person is kept on this device. */
export const ownKey = (kind: string, name: string): string => `${PREFIX}${kind}.${person()}.${name}`;

/** Keys of one kind that belong to the person at the screen. */
export function ownKeys(kind: string): string[] {
  const start = ownKey(kind, "");
  return Object.keys(localStorage).filter((key) => key.startsWith(start));
}

/** Forgets everything people left on this device; preferences such as the speed stay. */
export function forgetEveryone(): void {
  for (const kind of ["draft", "outbox", "upload"]) {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX}${kind}.`)) localStorage.removeItem(key);
  }
}

/** Reads JSON; a value that cannot be read counts as absent. */
export function recall<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Writes JSON; false where the browser keeps nothing (private mode, full). */
export function keep(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
