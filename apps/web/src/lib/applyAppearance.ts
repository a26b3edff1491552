import type { Preferences } from "./preferences.ts";

/** Puts theme, colours and density on the page; styles.css reads them. */
export function applyAppearance(root: HTMLElement, preferences: Preferences, systemIsLight: boolean): void {
  const system = systemIsLight ? "light" : "dark";
  root.dataset["theme"] = preferences.theme === "system" ? system : preferences.theme;
  root.dataset["colours"] = preferences.colours;
  root.dataset["density"] = preferences.density;
}
