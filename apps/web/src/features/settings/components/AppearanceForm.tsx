import { COLOUR_PRESETS, DENSITIES, THEMES, TIME_ZONES } from "../../../lib/preferences.ts";
import type { Preferences } from "../../../lib/preferences.ts";
import { usePreferences } from "../../../lib/desk.ts";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { ChoiceGroup } from "../../../ui/ChoiceGroup.tsx";

const THEME_NAMES = {
  system: "As the system",
  dark: "Dark",
  light: "Light",
  contrast: "High contrast",
} as const satisfies Record<Preferences["theme"], string>;
const COLOUR_NAMES = {
  "green-red": "Green up, red down",
  "red-green": "Red up, green down",
  "blue-orange": "Blue up, orange down",
  mono: "One colour",
} as const satisfies Record<Preferences["colours"], string>;
const DENSITY_NAMES = { comfortable: "Comfortable", compact: "Compact" } as const satisfies Record<
  Preferences["density"],
  string
>;
const ZONE_LABELS = { exchange: "Exchange (New York)", local: "Local", utc: "UTC" } as const satisfies Record<
  Preferences["timeZone"],
  string
>;

/** How this browser shows the desk; kept in the browser. */
export function AppearanceForm() {
  const [preferences, change] = usePreferences();
  return (
    <div className="flex flex-col gap-4 p-4">
      <ChoiceGroup
        legend="Theme"
        value={preferences.theme}
        choices={THEMES.map((value) => ({ value, label: THEME_NAMES[value] }))}
        onValue={(theme) => change({ theme })}
      />
      <ChoiceGroup
        legend="Gains and losses"
        value={preferences.colours}
        choices={COLOUR_PRESETS.map((value) => ({ value, label: COLOUR_NAMES[value] }))}
        onValue={(colours) => change({ colours })}
      />
      <p className="-mt-2 flex gap-4 text-xs">
        <ChangeText value="128.4" /> <ChangeText value="-41.05" />
      </p>
      <ChoiceGroup
        legend="Density"
        value={preferences.density}
        choices={DENSITIES.map((value) => ({ value, label: DENSITY_NAMES[value] }))}
        onValue={(density) => change({ density })}
      />
      <ChoiceGroup
        legend="Times"
        value={preferences.timeZone}
        choices={TIME_ZONES.map((value) => ({ value, label: ZONE_LABELS[value] }))}
        onValue={(timeZone) => change({ timeZone })}
      />
    </div>
  );
}
