import {
  CHANNELS,
  CONNECTION_STATES,
  BrokerErrorCode,
  LIMIT_NAMES,
  ORDER_CLASSES,
  ORDER_TYPES,
  TIMES_IN_FORCE,
} from "@trenddojo/brokers/domain";
import { z } from "zod";
import { id, instant, mode } from "./common.ts";

const capability = z.object({ supported: z.boolean(), source: z.string(), reason: z.string().optional() });
const limit = z.object({ value: z.int().positive().nullable(), source: z.string(), note: z.string().optional() });
export const capabilities = z.object({
  orderTypes: z.record(z.enum(ORDER_TYPES), capability),
  timesInForce: z.record(z.enum(TIMES_IN_FORCE), capability),
  orderClasses: z.record(z.enum(ORDER_CLASSES), capability),
  fractional: capability,
  notional: capability,
  shortSelling: capability,
  extendedHours: capability,
  modifyOrder: capability,
  streamingQuotes: capability,
  orderUpdates: capability,
  historicalBars: capability,
  clientOrderIdLookup: capability,
  trailingStop: capability,
  goodTillDate: capability,
  limits: z.record(z.enum(LIMIT_NAMES), limit),
});

/** brokers.catalog (query) → BrokerCard[]: what can be connected, and the form that asks for it. */
export const brokerCard = z.object({
  key: z.string(),
  name: z.string(),
  summary: z.string(),
  modes: z.array(mode),
  credentialFields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      kind: z.enum(["text", "secret", "number", "choice"]),
      required: z.boolean(),
      help: z.string().optional(),
      placeholder: z.string().optional(),
      choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
      defaultValue: z.string().optional(),
    }),
  ),
  capabilities,
});
export type BrokerCard = z.infer<typeof brokerCard>;

export const connectionStatus = z.object({
  state: z.enum(CONNECTION_STATES),
  isConnected: z.boolean(),
  isHealthy: z.boolean(),
  channels: z.record(
    z.enum(CHANNELS),
    z.object({ state: z.enum(["up", "mute", "down", "unused"]), lastEvidenceAt: instant.nullable() }),
  ),
  since: instant,
  error: z.object({ code: z.enum(BrokerErrorCode), message: z.string() }).nullable(),
});

export const connection = z.object({
  id,
  broker: z.string(),
  brokerName: z.string(),
  mode,
  label: z.string(),
  /** What the person wants: a disconnected one stays so until it is connected again. */
  desired: z.enum(["connected", "disconnected"]),
  status: connectionStatus,
  /** Last four characters of each secret, by field name; never more. */
  credentialHints: z.record(z.string(), z.string()),
  /** The built-in paper connection cannot be removed. */
  removable: z.boolean(),
  createdAt: instant,
});
export type ConnectionView = z.infer<typeof connection>;

/** brokers.list (query) → ConnectionView[] */
export const connections = z.array(connection);
/** brokers.add (mutation) → ConnectionView. Proven before it is stored: connects first, then seals the credentials. */
export const addConnectionInput = z.strictObject({
  broker: z.string().min(1).max(32),
  mode,
  label: z.string().trim().min(1).max(40),
  credentials: z.record(z.string().max(64), z.string().max(4096)),
});
/** brokers.connect, brokers.disconnect (mutations) → ConnectionView; brokers.remove (mutation) → { id } */
export const connectionInput = z.strictObject({ connectionId: id });
/** brokers.statuses (subscription) → ConnectionView[]: all of the user's connections at once, then all again after each change. */
