import {
  CHANNELS,
  CONNECTION_STATES,
  BrokerErrorCode,
  CHECK_STATES,
  LIMIT_NAMES,
  ORDER_CLASSES,
  ORDER_TYPES,
  TIMES_IN_FORCE,
} from "@trenddojo/brokers/domain";
import { z } from "zod";
import { id, instant, mode } from "./common.ts";
import { liveObstacle } from "./live.ts";

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
  repeatedOrderIds: capability,
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
  /** Real money through it: what that was proven against, and why it is not among the modes here; null where there is none. */
  live: z.object({ caveat: z.string(), obstacle: liveObstacle.nullable() }).nullable(),
  /** Where a simulator stands for the broker's paper environment; absent where it is the broker. */
  simulator: z.string().optional(),
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
      /** The modes that ask for it; all where absent. */
      modes: z.array(mode).optional(),
    }),
  ),
  /** Its program runs near the desk: brokers.probe looks for it. */
  canBeProbed: z.boolean(),
  capabilities,
});
export type BrokerCard = z.infer<typeof brokerCard>;

export const connectionStatus = z.object({
  /** `unreconciled`: connected, and not compared with its broker since, so that no order goes yet. */
  state: z.enum([...CONNECTION_STATES, "unreconciled"]),
  isConnected: z.boolean(),
  isHealthy: z.boolean(),
  channels: z.record(
    z.enum(CHANNELS),
    z.object({ state: z.enum(["up", "mute", "down", "unused"]), lastEvidenceAt: instant.nullable() }),
  ),
  since: instant,
  error: z.object({ code: z.enum(BrokerErrorCode), message: z.string() }).nullable(),
  /** What is left of the broker's request budget, where it has one: each host of it by itself. */
  budget: z.array(
    z.object({
      host: z.string(),
      /** Requests in a window of so many milliseconds. */
      limit: z.number(),
      windowMs: z.number(),
      remaining: z.number(),
      resetAt: instant,
      /** Requests that wait here, by urgency, most urgent first. */
      queued: z.record(z.string(), z.number().int()),
    }),
  ),
  /** Symbols whose prices stream at once, where the broker counts them. */
  quoteLines: z.object({ used: z.number().int(), limit: z.number().int() }).nullable(),
});

export const connection = z.object({
  id,
  broker: z.string(),
  brokerName: z.string(),
  mode,
  /** The other end of it is a simulator on the desk's own machine, not the broker. */
  isSimulator: z.boolean(),
  label: z.string(),
  /** What the person wants: a disconnected one stays so until it is connected again. */
  desired: z.enum(["connected", "disconnected"]),
  status: connectionStatus,
  /** Last four characters of each secret, by field name; never more. */
  credentialHints: z.record(z.string(), z.string()),
  /** When a person typed them; null where none are stored. */
  credentialsSetAt: instant.nullable(),
  /** Typed 90 days ago or earlier: replace them. */
  credentialsAreOld: z.boolean(),
  /** Why the vault could not open them, by its code: enter them again. Null where it could, or was not asked yet. */
  credentialFault: z.string().nullable(),
  /** The built-in paper connection cannot be removed. */
  removable: z.boolean(),
  createdAt: instant,
  /** When desk and broker were last compared; null before the first time, and orders wait for it. */
  reconciledAt: instant.nullable(),
  /** Differences that wait for a person. */
  openDrifts: z.number().int(),
  /** How long orders took from the wire to the broker's answer, over the last hundred; null before the first. */
  executionTimes: z.object({ count: z.number().int(), medianMs: z.number(), p99Ms: z.number() }).nullable(),
});
export type ConnectionView = z.infer<typeof connection>;

/** brokers.list (query) → ConnectionView[] */
export const connections = z.array(connection);

/** One thing that was proven of a new connection before its credentials were stored. */
export const connectionCheck = z.object({
  name: z.string(),
  label: z.string(),
  state: z.enum(CHECK_STATES),
  value: z.string(),
  fix: z.string().optional(),
});

/** brokers.add (mutation) → AddedConnection. Proven before it is stored: connects first, then seals the credentials. */
export const addedConnection = connection.extend({ checks: z.array(connectionCheck) });
export type AddedConnection = z.infer<typeof addedConnection>;
export const addConnectionInput = z.strictObject({
  broker: z.string().min(1).max(32),
  mode,
  label: z.string().trim().min(1).max(40),
  credentials: z.record(z.string().max(64), z.string().max(4096)),
});
/**
 * brokers.replaceCredentials (mutation) → AddedConnection. Proven first: keys of another account are refused (OTHER_ACCOUNT),
 * and nothing is changed then. All fields anew; those of real money want a proof of the person (auth.stepUp).
 */
export const replaceCredentialsInput = z.strictObject({
  connectionId: id,
  credentials: addConnectionInput.shape.credentials,
});
/** brokers.probe (mutation) → ProbedPlaceView[]: nothing but a greeting is sent, and that somebody looked is on record. */
export const probeInput = addConnectionInput.pick({ broker: true, credentials: true });
export const probedPlace = z.object({
  /** "127.0.0.1:4002" */
  address: z.string(),
  /** What answers there as it is installed; it proves nothing. */
  usual: z.string(),
  /** What it is logged in to, each with what the form is to be filled in with; none where nothing useful answered. */
  accounts: z.array(z.object({ id: z.string(), credentials: z.record(z.string(), z.string()) })),
  /** By the accounts; null where nothing answered, or they are of both kinds. */
  mode: z.enum(["paper", "live"]).nullable(),
  /** Why there are no accounts and what to do. */
  fault: z.object({ code: z.enum(BrokerErrorCode), message: z.string() }).nullable(),
});
export type ProbedPlaceView = z.infer<typeof probedPlace>;
/** brokers.connect, brokers.disconnect (mutations) → ConnectionView; brokers.remove (mutation) → { id } */
export const connectionInput = z.strictObject({ connectionId: id });
/** brokers.statuses (subscription) → ConnectionView[]: all of the user's connections at once, then all again after each change. */
