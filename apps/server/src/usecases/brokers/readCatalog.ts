import type { BrokerDescription } from "@trenddojo/brokers/domain";
import type { Desk } from "../../Desk.ts";
import { liveObstacle } from "../../live/liveObstacle.ts";
import type { BrokerCard } from "../../wire/brokers.ts";
import type { LiveObstacleView } from "../../wire/live.ts";
import { obstacleView } from "../live/obstacleView.ts";

/** What can be connected, and the form that asks for it. */
export function readCatalog(desk: Desk): BrokerCard[] {
  const obstacle = obstacleView(liveObstacle(desk.info));
  return desk.registry.descriptions().map((description) => brokerCard(description, obstacle));
}

function brokerCard(description: BrokerDescription, obstacle: LiveObstacleView | null): BrokerCard {
  const {
    key,
    name,
    summary,
    modes,
    liveCaveat: caveat,
    simulator,
    credentialFields,
    canBeProbed = false,
    capabilities,
  } = description;
  return {
    key,
    name,
    summary,
    modes: [...modes],
    live: caveat === undefined ? null : { caveat, obstacle },
    ...(simulator === undefined ? {} : { simulator }),
    credentialFields: credentialFields.map(({ choices, modes: fieldModes, ...field }) => ({
      ...field,
      ...(fieldModes === undefined ? {} : { modes: [...fieldModes] }),
      ...(choices === undefined ? {} : { choices: choices.map((choice) => ({ ...choice })) }),
    })),
    canBeProbed,
    capabilities,
  };
}
