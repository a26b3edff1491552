import type { BrokerDescription } from "@trenddojo/brokers/domain";
import type { Desk } from "../../Desk.ts";
import type { BrokerCard } from "../../wire/brokers.ts";

/** What can be connected, and the form that asks for it. */
export function readCatalog(desk: Desk): BrokerCard[] {
  return desk.registry.descriptions().map(brokerCard);
}

function brokerCard({ key, name, summary, modes, credentialFields, capabilities }: BrokerDescription): BrokerCard {
  return {
    key,
    name,
    summary,
    modes: [...modes],
    credentialFields: credentialFields.map(({ choices, ...field }) => ({
      ...field,
      ...(choices === undefined ? {} : { choices: choices.map((choice) => ({ ...choice })) }),
    })),
    capabilities,
  };
}
