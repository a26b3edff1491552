import { useEffect } from "react";
import { applyAppearance } from "../lib/applyAppearance.ts";
import { usePreferences } from "../lib/desk.ts";

/** Keeps theme, colours and density on the page as they are chosen, here or in the system. */
export function useAppearance(): void {
  const [preferences] = usePreferences();
  useEffect(() => {
    const system = window.matchMedia("(prefers-color-scheme: light)");
    const apply = () => applyAppearance(document.documentElement, preferences, system.matches);
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [preferences]);
}
