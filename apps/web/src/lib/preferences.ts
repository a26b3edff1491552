import { createStore } from "./createStore.ts";
import type { Store } from "./createStore.ts";

export const THEMES = ["system", "dark", "light", "contrast"] as const;
/** How gains and losses are told apart, always beside a sign and an arrow. */
export const COLOUR_PRESETS = ["green-red", "red-green", "blue-orange", "mono"] as const;
export const DENSITIES = ["comfortable", "compact"] as const;
/** Whose clock the times on the screen are of. */
export const TIME_ZONES = ["exchange", "local", "utc"] as const;

export interface Preferences {
  readonly theme: (typeof THEMES)[number];
  readonly colours: (typeof COLOUR_PRESETS)[number];
  readonly density: (typeof DENSITIES)[number];
  readonly timeZone: (typeof TIME_ZONES)[number];
  /** The account that the screen shows; the first one where it is null or gone. */
  readonly accountId: string | null;
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: "system",
  colours: "green-red",
  density: "comfortable",
  timeZone: "exchange",
  accountId: null,
};

/** Also read by public/theme.js before the first paint. */
const STORAGE_KEY = "trenddojo.preferences";

/** Preferences of this browser; a storage that is full or forbidden costs their memory, nothing else. */
export function createPreferences(storage: Pick<Storage, "getItem" | "setItem">): Store<Preferences> {
  const store = createStore(readPreferences(storage));
  return {
    ...store,
    set(next) {
      store.set(next);
      try {
        storage.setItem(STORAGE_KEY, JSON.stringify(next));
      } catch {
        // Private windows may refuse; the choice holds until the page is left.
      }
    },
  };
}

function readPreferences(storage: Pick<Storage, "getItem">): Preferences {
  try {
    const saved: unknown = JSON.parse(storage.getItem(STORAGE_KEY) ?? "{}");
    if (typeof saved !== "object" || saved === null) return DEFAULT_PREFERENCES;
    const accountId: unknown = Reflect.get(saved, "accountId");
    return {
      theme: oneOf(THEMES, Reflect.get(saved, "theme"), DEFAULT_PREFERENCES.theme),
      colours: oneOf(COLOUR_PRESETS, Reflect.get(saved, "colours"), DEFAULT_PREFERENCES.colours),
      density: oneOf(DENSITIES, Reflect.get(saved, "density"), DEFAULT_PREFERENCES.density),
      timeZone: oneOf(TIME_ZONES, Reflect.get(saved, "timeZone"), DEFAULT_PREFERENCES.timeZone),
      accountId: typeof accountId === "string" ? accountId : null,
    };
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

function oneOf<Value extends string>(values: readonly Value[], candidate: unknown, fallback: Value): Value {
  return values.find((value) => value === candidate) ?? fallback;
}
