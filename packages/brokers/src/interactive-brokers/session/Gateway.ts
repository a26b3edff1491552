import type { CallOptions, Unsubscribe } from "../../BrokerClient.ts";
import type { BrokerError } from "../../BrokerError.ts";
import type { Clock } from "../../domain/Clock.ts";
import type { Urgency } from "../../domain/Urgency.ts";
import type { GatewayCalls } from "./GatewayCalls.ts";
import type { GatewayEventName, GatewayEvents } from "./GatewayEvents.ts";
import type { GatewayState } from "./GatewayState.ts";

/**
 * Ids from here on are requests', smaller ones are orders': an error names only an id, and one id space for both would let
 * the rejection of order 1 end the price subscription 1 (H3).
 */
export const FIRST_REQUEST_ID = 1_000_000_000;

/** One message to the gateway. */
export interface GatewayRequest {
  readonly urgency: Urgency;
  /** Makes one call, in the tick in which its turn comes; what it throws refuses the request. */
  readonly write: (calls: GatewayCalls) => void;
  /** An order's client order id: by it `withdraw` takes it back while it waits. */
  readonly name?: string;
  /** Asked in the instant before it is written; what it answers refuses it. */
  readonly refusal?: () => BrokerError | null;
  /** Written in this session or not at all. @default whichever there is when its turn comes */
  readonly session?: number;
  readonly options?: CallOptions;
}

/** A question that is answered by events. */
export interface Question<Result> {
  /** In its errors: "the contract of AAPL". */
  readonly what: string;
  readonly urgency: Urgency;
  /** Makes one call. A question that has no id leaves `requestId` out. */
  readonly write: (calls: GatewayCalls, requestId: number) => void;
  /** Called before it is written: hangs on to the events that answer it. */
  readonly listen: (answering: Answering<Result>) => void;
  /** Takes it back where its answer is not waited for any more. Makes one call. */
  readonly cancel?: (calls: GatewayCalls, requestId: number) => void;
  /** Questions of one lane wait for each other: those whose answers have no id. */
  readonly lane?: string;
  /** From its writing. @default by its urgency: 8 s, of history 30 s */
  readonly timeoutMs?: number;
  readonly options?: CallOptions;
}

/** What answers a question; everything it hangs on to is let go once the question has ended. */
export interface Answering<Result> {
  readonly requestId: number;
  readonly on: <Name extends GatewayEventName>(name: Name, listener: (...told: GatewayEvents[Name]) => void) => void;
  readonly end: (result: Result) => void;
  readonly fail: (error: BrokerError) => void;
}

/** The session with a gateway, as those see it who use it: it comes back by itself, and nothing is sent twice. */
export interface Gateway {
  readonly clock: Clock;
  readonly clientId: number;
  readonly state: GatewayState;
  /** Counts the sessions that became ready; 0 before the first. */
  readonly session: number;
  /** The account of this connection, "DU1234567"; empty before the first session. */
  readonly accountId: string;
  /** All accounts of the login; empty before the first session. */
  readonly accounts: readonly string[];
  /** Negotiated: 157 to 193; 0 before the first session. */
  readonly serverVersion: number;
  /** The greatest order id that the gateway named in this session: a new one is at least that. */
  readonly nextValidId: number;
  /** Interactive Brokers' clock, epoch milliseconds; exact to a second. */
  brokerNow(): number;
  /** From `FIRST_REQUEST_ID` on, each once in the life of the client. For subscriptions; `ask` takes its own. */
  nextRequestId(): number;
  /**
   * Writes one message in its turn. Resolves once it is written, which is not delivered; of an order only events tell more.
   * @throws BrokerError refused, with the detail `unsent` where its turn did not come; nothing was written then.
   */
  send(request: GatewayRequest): Promise<void>;
  /**
   * Asks and waits for the answer. An error that names the request, and is none of the warnings, fails it.
   * @throws BrokerError refused: CONNECTION_FAILED where the session is lost meanwhile, TIMEOUT without an answer in time.
   */
  ask<Result>(question: Question<Result>): Promise<Result>;
  /** Hears an event of this and every later session, in the order of arrival; what it throws goes to the log. */
  on<Name extends GatewayEventName>(name: Name, listener: (...told: GatewayEvents[Name]) => void): Unsubscribe;
  /** Takes back what waits under this name. @returns true where something did: it is not written. */
  withdraw(name: string): boolean;
}
