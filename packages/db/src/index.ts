/**
 * The desk's store: one schema, one set of migrations and one driver (postgres.js) over two engines, a Postgres server
 * or the embedded PGlite in a worker thread.
 *
 * ```ts
 * await using store = await createDb({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
 * await store.db.transaction(async (tx) => {
 *   await accounts.lock(tx, accountId);
 *   await orders.insertIntent(tx, intent);
 *   await audit.append(tx, entry);
 * });
 * ```
 *
 * Queries live in the repositories, one aggregate each; every function takes the database or an open transaction first,
 * and one that takes a `Tx` must not run outside of one. **Inside a transaction use `tx` only**: the embedded database
 * has one connection, and a call on `db` in there waits for ever.
 *
 * In TypeScript an amount is a canonical decimal string, an instant is epoch milliseconds UTC, and a stored JSON document
 * is checked by its schema at each read. What the driver throws is read by `classifyDriverError`. The rules are in SPEC.md.
 */
export { createDb } from "./createDb.ts";
export type { CreateDbOptions } from "./createDb.ts";
export type { Db, Executor, Tx } from "./Db.ts";
export { DbError, DbErrorCode } from "./DbError.ts";
export type { DbHandle } from "./DbHandle.ts";
export { classifyDriverError, isUniqueViolation } from "./driverError.ts";
export type { DriverErrorKind, DriverFailure } from "./driverError.ts";
export { migrate } from "./migrate.ts";
export { ping } from "./ping.ts";

export * as accounts from "./repositories/accounts.ts";
export * as audit from "./repositories/audit.ts";
export * as connections from "./repositories/connections.ts";
export * as credentials from "./repositories/credentials.ts";
export { createDataKeyStore, retireDataKeys } from "./repositories/dataKeys.ts";
export * as fills from "./repositories/fills.ts";
export * as orderEvents from "./repositories/orderEvents.ts";
export * as orders from "./repositories/orders.ts";
export * as paperAccounts from "./repositories/paperAccounts.ts";
export { createPaperStore } from "./repositories/paperStore.ts";
export * as riskLimits from "./repositories/riskLimits.ts";
export * as sessions from "./repositories/sessions.ts";
export * as tradingStates from "./repositories/tradingStates.ts";
export * as users from "./repositories/users.ts";
export * as watchlists from "./repositories/watchlists.ts";

export type { AccountRow, NewAccount } from "./repositories/accounts.ts";
export type {
  AuditEntry,
  AuditHead,
  AuditPageQuery,
  AuditRow,
  AuditVerification,
  NewAuditEntry,
} from "./repositories/audit.ts";
export type { ConnectionRow, NewConnection } from "./repositories/connections.ts";
export type { CredentialRow, NewCredentials } from "./repositories/credentials.ts";
export type { FillRow, FillTotals } from "./repositories/fills.ts";
export type { NewOrderEvent, OrderEventRow } from "./repositories/orderEvents.ts";
export type { NewExternalOrder, NewIntent, OrderChanges, OrderPageQuery, OrderRow } from "./repositories/orders.ts";
export type { NewPaperAccount, PaperAccountRow } from "./repositories/paperAccounts.ts";
export type { RiskLimitsRow } from "./repositories/riskLimits.ts";
export type { SessionRow } from "./repositories/sessions.ts";
export type { TradingStateRow } from "./repositories/tradingStates.ts";
export type { NewUser, UserRow } from "./repositories/users.ts";

export type { AuditDetails } from "./schema/audit.ts";
export type { ConnectionSettings, CredentialHints, DesiredState } from "./schema/connections.ts";
export type { OrderEventPayload } from "./schema/orderEvents.ts";
export type { OrderOrigin, OrderReason } from "./schema/orders.ts";
export { TRADING_STATES } from "./schema/risk.ts";
export type { TradingState } from "./schema/risk.ts";
export { ROLES } from "./schema/users.ts";
export type { Role } from "./schema/users.ts";
