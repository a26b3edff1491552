import type { BrokerCredentialStore, BrokerRegistry, MarketFeed } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import type { Db } from "@trenddojo/db";
import type { Logger } from "pino";
import type { AuditCheckpoints } from "./audit/AuditCheckpoints.ts";
import type { AuditLog } from "./audit/AuditLog.ts";
import type { ApiTokens } from "./auth/ApiTokens.ts";
import type { GuessLimiter } from "./auth/GuessLimiter.ts";
import type { PreviewTokens } from "./auth/PreviewTokens.ts";
import type { KeyedQueue } from "./lib/KeyedQueue.ts";
import type { PasskeyChallenges } from "./auth/PasskeyChallenges.ts";
import type { Passwords } from "./auth/Passwords.ts";
import type { RateLimiter } from "./auth/RateLimiter.ts";
import type { SessionSockets } from "./auth/SessionSockets.ts";
import type { Sessions } from "./auth/sessions.ts";
import type { Tickets } from "./auth/Tickets.ts";
import type { ConnectionHosts } from "./connections/ConnectionHosts.ts";
import type { ExecutionTimes } from "./connections/ExecutionTimes.ts";
import type { OpenAccounts } from "./connections/OpenAccounts.ts";
import type { KillSwitch } from "./kill/KillSwitch.ts";
import type { LastHalts } from "./kill/LastHalts.ts";
import type { LiveArming } from "./live/LiveArming.ts";
import type { DeskMetrics } from "./metrics/DeskMetrics.ts";
import type { OrderLatency } from "./metrics/OrderLatency.ts";
import type { IdMaker } from "./lib/IdMaker.ts";
import type { FailPoint } from "./orders/FailPoint.ts";
import type { OrderJournal } from "./orders/OrderJournal.ts";
import type { PortfolioFeed } from "./streams/PortfolioFeed.ts";
import type { QuoteHub } from "./streams/QuoteHub.ts";
import type { StreamCounters } from "./streams/StreamCounters.ts";
import type { TickBus } from "./streams/TickBus.ts";
import type { VaultKeys } from "./vault/VaultKeys.ts";
import type { SystemInfo } from "./wire/system.ts";
import type { SocketTraffic } from "./ws/SocketTraffic.ts";

/** Everything that the use cases work with. Made once, in `createServer`; nothing here is global. */
export interface Desk {
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly log: Logger;
  readonly db: Db;
  readonly audit: AuditLog;
  /** Null where nobody signs the log. */
  readonly checkpoints: AuditCheckpoints | null;
  readonly bus: TickBus;

  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly sockets: SessionSockets;
  readonly tickets: Tickets;
  readonly passkeyChallenges: PasskeyChallenges;
  readonly rateLimiter: RateLimiter;
  readonly guesses: GuessLimiter;
  readonly previews: PreviewTokens;
  /** By user and idempotency key: a repeated call waits until the earlier one is placed or refused. */
  readonly placings: KeyedQueue;

  readonly registry: BrokerRegistry;
  readonly vault: BrokerCredentialStore;
  readonly vaultKeys: VaultKeys;
  readonly connections: ConnectionHosts;
  readonly executionTimes: ExecutionTimes;
  readonly openAccounts: OpenAccounts;
  readonly kill: KillSwitch;
  readonly lastHalts: LastHalts;
  /** Which accounts of real money take orders now. */
  readonly live: LiveArming;
  readonly journal: OrderJournal;
  readonly failPoint: FailPoint;

  /** Prices of every paper and mock account. */
  readonly feed: MarketFeed;
  readonly quotes: QuoteHub;
  readonly portfolios: PortfolioFeed;

  readonly counters: StreamCounters;
  readonly traffic: SocketTraffic;
  readonly orderLatency: OrderLatency;
  readonly metrics: DeskMetrics;
  /** Lets a scraper read the metrics without a session; null where only the owner may. */
  readonly metricsToken: string | null;

  /** What does not change while it runs. */
  readonly info: Omit<SystemInfo, "now" | "databaseBytes">;
  /** Dollars of a new paper account, as a decimal string. */
  readonly paperStartingCash: string;
}
