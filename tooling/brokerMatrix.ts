import { createBrokerRegistry, SyntheticFeed, SystemClock } from "@trenddojo/brokers";
import type { BrokerCapabilities, BrokerDescription, Capability } from "@trenddojo/brokers/domain";

/** The matrix of docs/brokers, from the same data that drives validation and the order form. */
export function brokerMatrix(): string {
  const brokers = describedBrokers();
  const head = ["| | ", brokers.map(({ name, modes }) => `${name} (${modes.join(", ")})`).join(" | "), " |"].join("");
  const rule = `|---|${brokers.map(() => "---|").join("")}`;
  const rows = rowsOf(brokers.map(({ capabilities }) => capabilities));
  return [head, rule, ...rows].join("\n");
}

function describedBrokers(): readonly BrokerDescription[] {
  const feed = new SyntheticFeed({ clock: new SystemClock() });
  const openStore = () => {
    throw new Error("no account is opened here");
  };
  return createBrokerRegistry({ paper: { feed, openStore } }).descriptions();
}

function rowsOf(all: readonly BrokerCapabilities[]): readonly string[] {
  const row = (label: string, pick: (capabilities: BrokerCapabilities) => Capability | undefined) =>
    `| ${label} | ${all.map((capabilities) => cell(pick(capabilities))).join(" | ")} |`;
  const first = all[0];
  if (first === undefined) return [];
  const { orderTypes, timesInForce, ...others } = first;
  return [
    ...keys(orderTypes).map((type) =>
      row(`order type: ${words(type)}`, (capabilities) => capabilities.orderTypes[type]),
    ),
    ...keys(timesInForce).map((tif) => row(`time in force: ${tif}`, (capabilities) => capabilities.timesInForce[tif])),
    ...keys(others).map((key) => row(words(key), (capabilities) => capabilities[key])),
  ];
}

function cell(capability: Capability | undefined): string {
  if (capability === undefined) return "";
  // Our own rules are named by their path from the repository's root; the document lies two folders below it.
  const source = capability.source.startsWith("http")
    ? `[source](${capability.source})`
    : `[rules](../../${capability.source})`;
  return capability.supported ? `yes (${source})` : `no: ${capability.reason ?? ""} (${source})`;
}

function words(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", "-");
}

function keys<Shape extends object>(shape: Shape): readonly (keyof Shape & string)[] {
  const found: (keyof Shape & string)[] = [];
  for (const key in shape) found.push(key);
  return found;
}
