import type { BrokerCredentialStore, BrokerRegistry, MarketFeed } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import type { Db } from "@trenddojo/db";
import type { Logger } from "pino";
import type { AuditLog } from "./audit/AuditLog.ts";
import type { GuessLimiter } from "./auth/GuessLimiter.ts";
import type { Passwords } from "./auth/Passwords.ts";
import type { RateLimiter } from "./auth/RateLimiter.ts";
import type { SessionSockets } from "./auth/SessionSockets.ts";
import type { Sessions } from "./auth/sessions.ts";
import type { Tickets } from "./auth/Tickets.ts";
import type { ConnectionHosts } from "./connections/ConnectionHosts.ts";
import type { OpenAccounts } from "./connections/OpenAccounts.ts";
import type { IdMaker } from "./lib/IdMaker.ts";
import type { OrderJournal } from "./orders/OrderJournal.ts";
import type { PortfolioFeed } from "./streams/PortfolioFeed.ts";
import type { QuoteHub } from "./streams/QuoteHub.ts";
import type { TickBus } from "./streams/TickBus.ts";
import type { SystemInfo } from "./wire/system.ts";

/** Everything that the use cases work with. Made once, in `createServer`; nothing here is global. */
export interface Desk {
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly log: Logger;
  readonly db: Db;
  readonly audit: AuditLog;
  readonly bus: TickBus;

  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly sockets: SessionSockets;
  readonly tickets: Tickets;
  readonly rateLimiter: RateLimiter;
  readonly guesses: GuessLimiter;

  readonly registry: BrokerRegistry;
  readonly vault: BrokerCredentialStore;
  readonly connections: ConnectionHosts;
  readonly openAccounts: OpenAccounts;
  readonly journal: OrderJournal;

  /** Prices of every paper and mock account. */
  readonly feed: MarketFeed;
  readonly quotes: QuoteHub;
  readonly portfolios: PortfolioFeed;

  /** What does not change while it runs. */
  readonly info: Omit<SystemInfo, "now">;
  /** Dollars of a new paper account, as a decimal string. */
  readonly paperStartingCash: string;
}
