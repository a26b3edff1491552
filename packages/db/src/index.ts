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
export { limitLockWait } from "./limitLockWait.ts";
export type { DriverErrorKind, DriverFailure } from "./driverError.ts";
export { migrate } from "./migrate.ts";
export { ping } from "./ping.ts";
export { readDatabaseSize } from "./readDatabaseSize.ts";
export { deskSessionName, deskSessions } from "./server/deskSessions.ts";
export { lockDesk } from "./server/lockDesk.ts";
export type { DeskSession } from "./server/deskSessions.ts";

export * as accounts from "./repositories/accounts.ts";
export * as alerts from "./repositories/alerts.ts";
export * as alertWebhooks from "./repositories/alertWebhooks.ts";
export * as apiTokens from "./repositories/apiTokens.ts";
export * as audit from "./repositories/audit.ts";
export * as auditCheckpoints from "./repositories/auditCheckpoints.ts";
export * as connections from "./repositories/connections.ts";
export * as credentials from "./repositories/credentials.ts";
export { createDataKeyStore, listDataKeys, retireDataKeys, rewrapDataKey } from "./repositories/dataKeys.ts";
export * as drifts from "./repositories/drifts.ts";
export * as fills from "./repositories/fills.ts";
export * as halts from "./repositories/halts.ts";
export * as holdings from "./repositories/holdings.ts";
export * as invitations from "./repositories/invitations.ts";
export * as keyChecks from "./repositories/keyChecks.ts";
export * as limitRaises from "./repositories/limitRaises.ts";
export * as openExposures from "./repositories/openExposures.ts";
export * as orderEvents from "./repositories/orderEvents.ts";
export { createOrderIdStore } from "./repositories/orderIdStore.ts";
export * as orders from "./repositories/orders.ts";
export * as paperAccounts from "./repositories/paperAccounts.ts";
export { createPaperStore } from "./repositories/paperStore.ts";
export * as passkeys from "./repositories/passkeys.ts";
export * as riskLimits from "./repositories/riskLimits.ts";
export * as riskPolicies from "./repositories/riskPolicies.ts";
export * as secondFactors from "./repositories/secondFactors.ts";
export * as sessions from "./repositories/sessions.ts";
export * as symbolLimits from "./repositories/symbolLimits.ts";
export * as tradingStates from "./repositories/tradingStates.ts";
export * as users from "./repositories/users.ts";
export * as watchlists from "./repositories/watchlists.ts";

export type { AccountRow, NewAccount } from "./repositories/accounts.ts";
export type { AlertKey, AlertPageQuery, AlertRow, NewAlert } from "./repositories/alerts.ts";
export type { AlertWebhookRow } from "./repositories/alertWebhooks.ts";
export type {
  AuditEntry,
  AuditHead,
  AuditPageQuery,
  AuditRow,
  AuditVerification,
  NewAuditEntry,
} from "./repositories/audit.ts";
export { checkpointHash, checkpointText } from "./audit/auditCheckpoint.ts";
export type { AuditCheckpoint, AuditCheckpointBody, ChainHead } from "./audit/auditCheckpoint.ts";
export { GENESIS_HASH } from "./audit/auditHash.ts";
export { appRoleGrants } from "./server/appRoleGrants.ts";
export type { ApiTokenRow } from "./repositories/apiTokens.ts";
export type { ConnectionRow, NewConnection } from "./repositories/connections.ts";
export type { CredentialRow, NewCredentials } from "./repositories/credentials.ts";
export type { DriftEnd, DriftKey, DriftPageQuery, DriftRow, NewDrift } from "./repositories/drifts.ts";
export type { FillRow, FillTotals } from "./repositories/fills.ts";
export type { HaltRow, HaltStepChange, HaltStepRow, NewHalt } from "./repositories/halts.ts";
export type { InvitationRow } from "./repositories/invitations.ts";
export type { LimitRaiseRow, NewLimitRaise } from "./repositories/limitRaises.ts";
export type { NewOrderEvent, OrderEventRow } from "./repositories/orderEvents.ts";
export type {
  ClaimedOrder,
  NewExternalOrder,
  NewIntent,
  OrderChanges,
  OrderPageQuery,
  OrderRow,
} from "./repositories/orders.ts";
export type { OpenExposure } from "./repositories/openExposures.ts";
export type { NewPaperAccount, PaperAccountRow } from "./repositories/paperAccounts.ts";
export type { NewPasskey, PasskeyRow } from "./repositories/passkeys.ts";
export type { RiskLimitsRow } from "./repositories/riskLimits.ts";
export type { StoredRiskPolicy } from "./repositories/riskPolicies.ts";
export type { TotpFactorRow } from "./repositories/secondFactors.ts";
export type { SessionRow } from "./repositories/sessions.ts";
export type { SymbolLimitRow } from "./repositories/symbolLimits.ts";
export type { TradingStateRow } from "./repositories/tradingStates.ts";
export type { NewUser, UserRow } from "./repositories/users.ts";

export type { AlertKind, AlertSeverity } from "./schema/alerts.ts";
export type { AuditDetails } from "./schema/audit.ts";
export type { ConnectionSettings, CredentialHints, DesiredState } from "./schema/connections.ts";
export type { DriftAction, DriftEvidence, DriftKind } from "./schema/drifts.ts";
export type { OrderEventPayload } from "./schema/orderEvents.ts";
export type { OrderOrigin, OrderReason, StoredWhy } from "./schema/orders.ts";
export type { HaltStepState } from "./schema/halts.ts";
export { TRADING_STATES } from "./schema/risk.ts";
export type { TradingState } from "./schema/risk.ts";
export { TOKEN_SCOPES } from "./schema/apiTokens.ts";
export type { TokenScope } from "./schema/apiTokens.ts";
export { INVITED_ROLES } from "./schema/invitations.ts";
export { ROLES } from "./schema/users.ts";
export type { Role } from "./schema/users.ts";
