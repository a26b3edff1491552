import type { BrokerDescription } from "@trenddojo/brokers/domain";
import type { Desk } from "../../Desk.ts";
import type { BrokerCard } from "../../wire/brokers.ts";

/** What can be connected, and the form that asks for it. */
export function readCatalog(desk: Desk): BrokerCard[] {
  return desk.registry.descriptions().map(brokerCard);
}

function brokerCard(description: BrokerDescription): BrokerCard {
  const { key, name, summary, modes, simulator, credentialFields, canBeProbed = false, capabilities } = description;
  return {
    key,
    name,
    summary,
    modes: [...modes],
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
