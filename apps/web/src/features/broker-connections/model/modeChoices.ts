import type { Mode } from "@trenddojo/brokers/domain";
import type { BrokerCard } from "@trenddojo/server/wire";
import { MODE_NAMES } from "../../../lib/modeText.ts";

interface ModeChoice {
  readonly value: Mode;
  readonly label: string;
  readonly disabledReason?: string;
}

/** The modes of a broker; real money that is not to be had here is shown too, with the reason why it cannot be chosen. */
export function modeChoices({ modes, live }: Pick<BrokerCard, "modes" | "live">): readonly ModeChoice[] {
  const choices = modes.map((value) => ({ value, label: MODE_NAMES[value] }));
  const reason = live?.obstacle?.message;
  if (reason === undefined || modes.includes("live")) return choices;
  return [...choices, { value: "live", label: MODE_NAMES.live, disabledReason: reason }];
}
