export type { AccountInfo, Balances, MarginInfo, OrderPreview, RiskMetrics } from "./account.ts";
export { ACCOUNT_EVENT_KINDS } from "./AccountEvent.ts";
export type { AccountEvent, AccountEventKind } from "./AccountEvent.ts";
export { assertNever } from "./assertNever.ts";
export type { Brand } from "./brand.ts";
export { fieldsOfMode } from "./fieldsOfMode.ts";
export { CHECK_STATES } from "./ConnectionCheck.ts";
export type { ProbedAccount, ProbedPlace } from "./ProbedPlace.ts";
export type { AccountProof, ConnectionCheck } from "./ConnectionCheck.ts";
export { LIMIT_NAMES } from "./capabilities.ts";
export type {
  BrokerCapabilities,
  BrokerDescription,
  BrokerLimit,
  Capability,
  CredentialField,
  LimitName,
} from "./capabilities.ts";
export { supported, unsupported } from "./capability.ts";
export { capabilityRows } from "./capabilityRows.ts";
export type { CapabilityKey, CapabilityRow } from "./capabilityRows.ts";
export type { Clock } from "./Clock.ts";
export { mintClientOrderId } from "./clientOrderIds.ts";
export { CHANNELS, CONNECTION_STATES } from "./connection.ts";
export type {
  Channel,
  ChannelHealth,
  ConnectionState,
  ConnectionStatus,
  HostBudget,
  QuoteLines,
  RequestBudgetStatus,
} from "./connection.ts";
export {
  abs,
  DecimalError,
  divide,
  FIXED_DECIMALS,
  fixedFromTick,
  formatFixed,
  max,
  min,
  money,
  multiply,
  ONE,
  parseFixed,
  price,
  quantity,
  roundTo,
  roundToStep,
  toNumber,
  tryParseFixed,
} from "./decimal.ts";
export type { DecimalInput, DecimalString, Fixed, Money, Price, Quantity, Rounding } from "./decimal.ts";
export type { CashDividend, CorporateAction, Split, SymbolChange } from "./CorporateAction.ts";
export { BrokerErrorCode } from "./errorCode.ts";
export { accountId, clientOrderId, connectionId, executionId, IdError, orderId, userId, venueOrderId } from "./ids.ts";
export type { AccountId, ClientOrderId, ConnectionId, ExecutionId, OrderId, UserId, VenueOrderId } from "./ids.ts";
export { FEED_KINDS, FEED_STATES, MARKET_SESSIONS, TIMEFRAME_MS, TIMEFRAMES } from "./marketData.ts";
export type {
  Bar,
  BarsRequest,
  FeedKind,
  FeedState,
  Instrument,
  MarketData,
  MarketHours,
  MarketSession,
  Timeframe,
} from "./marketData.ts";
export type { MarketNews, OfficialAuction, SymbolStatus } from "./MarketNews.ts";
export { MODES } from "./Mode.ts";
export type { Mode } from "./Mode.ts";
export {
  FINAL_ORDER_STATUSES,
  GROUP_ROLES,
  ORDER_CLASSES,
  ORDER_SIDES,
  ORDER_STATUSES,
  ORDER_TYPES,
  TIMES_IN_FORCE,
  TRAIL_KINDS,
} from "./order.ts";
export type {
  BracketTerms,
  Fill,
  GroupRole,
  LimitOrderRequest,
  LinkedOrderRequest,
  MarketOrderRequest,
  NotionalOrderRequest,
  OcoTerms,
  Order,
  OrderClass,
  OrderLeg,
  OrderRequest,
  OrderResponse,
  OrderSide,
  OrderStatus,
  OrderType,
  OrderUpdate,
  OrderUpdateEvent,
  OtoTerms,
  SimpleOrderRequest,
  StopLimitOrderRequest,
  StopLoss,
  StopOrderRequest,
  TakeProfit,
  TimeInForce,
  Trail,
  TrailingStopOrderRequest,
} from "./order.ts";
export type { Position } from "./position.ts";
export {
  FINAL_ORDER_STATES,
  isFinalOrderState,
  nextOrderState,
  ORDER_EVENTS,
  ORDER_STATES,
  orderEventOf,
  releasedEvent,
} from "./orderState.ts";
export type { OrderEvent, OrderState } from "./orderState.ts";
export type { Random } from "./Random.ts";
export type { Reason } from "./Reason.ts";
export { TRADING_STATUSES } from "./tradingStatus.ts";
export type { TradingHalt, TradingStatus } from "./tradingStatus.ts";
export { URGENCIES } from "./Urgency.ts";
export type { Urgency } from "./Urgency.ts";
export type { OrderField, OrderIssue, ValidationResult } from "./validation.ts";
