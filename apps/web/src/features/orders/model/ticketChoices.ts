import { ORDER_TYPES, TIMES_IN_FORCE } from "@trenddojo/brokers/domain";
import type { OrderType, TimeInForce } from "@trenddojo/brokers/domain";
import type { BrokerCard } from "@trenddojo/server/wire";
import { ORDER_TYPE_NAMES, TIME_IN_FORCE_NAMES } from "./orderText.ts";

type Capabilities = BrokerCard["capabilities"];

interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly disabledReason: string | undefined;
}

/** Order types for the ticket: what the broker cannot do is there, disabled, with the reason. */
export function orderTypeChoices(capabilities: Capabilities): readonly Choice<OrderType>[] {
  return ORDER_TYPES.map((value) => ({
    value,
    label: ORDER_TYPE_NAMES[value],
    disabledReason: reasonOf(capabilities.orderTypes[value]),
  }));
}

/** The ticket's selects are half as wide as the ticket. */
const SHORT_NAMES: Readonly<Record<TimeInForce, string>> = {
  ...TIME_IN_FORCE_NAMES,
  gtc: "Until canceled",
  ioc: "Now or cancel",
};

export function timeInForceChoices(capabilities: Capabilities): readonly Choice<TimeInForce>[] {
  return TIMES_IN_FORCE.map((value) => ({
    value,
    label: SHORT_NAMES[value],
    disabledReason: reasonOf(capabilities.timesInForce[value]),
  }));
}

/** Why a capability cannot be used; undefined where it can. */
export function reasonOf(capability: Capabilities["fractional"]): string | undefined {
  return capability.supported ? undefined : (capability.reason ?? "not offered by this broker");
}
