import { keep, recall } from "../person.ts";

const KEY = "lectern.player";
type Preferences = { speed?: number; volume?: number; muted?: boolean; captions?: boolean };

export const SPEEDS = Array.from({ length: 11 }, (_, i) => 0.5 + i * 0.25);

export const preferences = (): Preferences => recall<Preferences>(KEY) ?? {};

export function prefer(change: Preferences): void {
  keep(KEY, { ...preferences(), ...change });
}

/** The next step up or down, within the list. */
export function nextSpeed(speed: number, step: 1 | -1): number {
  const list = step > 0 ? SPEEDS.filter((s) => s > speed + 0.01) : SPEEDS.filter((s) => s < speed - 0.01);
  return (step > 0 ? list[0] : list.at(-1)) ?? speed;
}
