/** The type names of the spec, from where they live. */
export type { BrokerClient } from "./BrokerClient.ts";
export { BrokerError } from "./BrokerError.ts";
export type { ErrorContext, ErrorResolution } from "./BrokerErrorHandler.ts";
export type { BrokerCredentials } from "./credentials/CredentialScope.ts";
export type { AccountInfo, Balances, MarginInfo, RiskMetrics } from "./domain/account.ts";
export type { ConnectionStatus } from "./domain/connection.ts";
export { BrokerErrorCode } from "./domain/errorCode.ts";
export type { MarketData, MarketHours } from "./domain/marketData.ts";
export type { Order, OrderRequest, OrderResponse, OrderStatus, OrderUpdate } from "./domain/order.ts";
export type { Position } from "./domain/position.ts";
export type { ValidationResult } from "./domain/validation.ts";
export type { StatusCallback } from "./BrokerConnectionMonitor.ts";
export type { MockConfig } from "./mock/MockConfig.ts";
