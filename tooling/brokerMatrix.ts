import { createBrokerRegistry, SyntheticFeed, SystemClock } from "@trenddojo/brokers";
import { capabilityRows, LIMIT_NAMES } from "@trenddojo/brokers/domain";
import type {
  BrokerCapabilities,
  BrokerDescription,
  BrokerLimit,
  Capability,
  CapabilityKey,
} from "@trenddojo/brokers/domain";

/**
 * The matrix of docs/brokers, from the same data that drives validation and the order form.
 * @param key of one broker alone. @default all
 */
export function brokerMatrix(key?: string): string {
  const brokers = describedBrokers().filter((broker) => key === undefined || broker.key === key);
  const head = ["| | ", brokers.map(({ name, modes }) => `${name} (${modes.join(", ")})`).join(" | "), " |"].join("");
  const rule = `|---|${brokers.map(() => "---|").join("")}`;
  const rows = rowsOf(brokers.map(({ capabilities }) => capabilities));
  return [head, rule, ...rows].join("\n");
}

function describedBrokers(): readonly BrokerDescription[] {
  const feed = new SyntheticFeed({ clock: new SystemClock(), hours: "exchange" });
  const openStore = () => {
    throw new Error("no account is opened here");
  };
  return createBrokerRegistry({
    liveAcknowledged: true,
    paper: { feed, openStore },
    interactiveBrokersOrderIds: openStore,
  }).descriptions();
}

function rowsOf(all: readonly BrokerCapabilities[]): readonly string[] {
  const [first] = all;
  if (first === undefined) return [];
  const columns = all.map(
    (capabilities) => new Map(capabilityRows(capabilities).map((row) => [row.key, row.capability])),
  );
  return [
    ...capabilityRows(first).map(({ key }) =>
      line(
        label(key),
        columns.map((column) => capabilityCell(column.get(key))),
      ),
    ),
    ...LIMIT_NAMES.map((name) =>
      line(
        words(name),
        all.map(({ limits }) => limitCell(limits[name])),
      ),
    ),
  ];
}

const GROUPS = { orderTypes: "order type", timesInForce: "time in force", orderClasses: "order class" };

/** "timesInForce.gtc" is "time in force: gtc". */
function label(key: CapabilityKey): string {
  const [group = "", member] = key.split(".");
  const name = Object.entries(GROUPS).find(([each]) => each === group)?.[1] ?? words(group);
  return member === undefined ? name : `${name}: ${words(member)}`;
}

const line = (name: string, cells: readonly string[]): string => `| ${name} | ${cells.join(" | ")} |`;

function capabilityCell(capability: Capability | undefined): string {
  if (capability === undefined) return "";
  const { supported, reason = "", source } = capability;
  return supported ? `yes (${link(source)})` : `no: ${reason} (${link(source)})`;
}

function limitCell({ value, note, source }: BrokerLimit): string {
  return `${value ?? "none named"}${note === undefined ? "" : `, ${note}`} (${link(source)})`;
}

/** Our own rules are named by their path from the repository's root; the document lies two folders below it. */
function link(source: string): string {
  return source.startsWith("http") ? `[source](${source})` : `[rules](../../${source})`;
}

function words(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", "-");
}
