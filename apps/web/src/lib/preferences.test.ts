import { expect, test } from "vitest";
import { createPreferences, DEFAULT_PREFERENCES } from "./preferences.ts";

function memory(text: string | null) {
  const held = { text };
  return { held, getItem: () => held.text, setItem: (_key: string, value: string) => void (held.text = value) };
}

test("[UP1] a choice is kept and read again", () => {
  const storage = memory(null);
  createPreferences(storage).set({ ...DEFAULT_PREFERENCES, theme: "light", accountId: "account-1" });
  expect(createPreferences(storage).get()).toEqual({ ...DEFAULT_PREFERENCES, theme: "light", accountId: "account-1" });
});

test.each(["", "{", "null", "[]", '{"theme":"pink","colours":3,"accountId":7}'])(
  "[UP2] damaged preferences (%s) cost the choice, not the page",
  (text) => {
    expect(createPreferences(memory(text)).get()).toEqual(DEFAULT_PREFERENCES);
  },
);

test("[UP3] a storage that refuses costs only the memory", () => {
  const refusing = {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  };
  const preferences = createPreferences(refusing);
  preferences.set({ ...DEFAULT_PREFERENCES, density: "compact" });
  expect(preferences.get().density).toBe("compact");
});
