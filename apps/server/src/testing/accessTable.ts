/** Whose calls are tried: three without a session that holds, then one of each role. */
export const CALLERS = ["anonymous", "revoked", "expired", "viewer", "cancel_only", "trader", "owner"] as const;
export type Caller = (typeof CALLERS)[number];

/** Who may ask for it: `anyone`, who is signed in, who may cancel and halt, who may trade, the owner. */
type Need = "anyone" | "person" | "stop" | "trade" | "own";

const NONE = "UNAUTHENTICATED";
const ROLE = "FORBIDDEN";
const YES = "in";

/** What each caller gets: one column a caller. */
const ANSWERS = {
  anyone: { anonymous: YES, revoked: YES, expired: YES, viewer: YES, cancel_only: YES, trader: YES, owner: YES },
  person: { anonymous: NONE, revoked: NONE, expired: NONE, viewer: YES, cancel_only: YES, trader: YES, owner: YES },
  stop: { anonymous: NONE, revoked: NONE, expired: NONE, viewer: ROLE, cancel_only: YES, trader: YES, owner: YES },
  trade: { anonymous: NONE, revoked: NONE, expired: NONE, viewer: ROLE, cancel_only: ROLE, trader: YES, owner: YES },
  own: { anonymous: NONE, revoked: NONE, expired: NONE, viewer: ROLE, cancel_only: ROLE, trader: ROLE, owner: YES },
} as const satisfies Record<Need, Record<Caller, string>>;

/** What belongs to the desk's owner, by id. */
export interface Belongings {
  readonly accountId: string;
  readonly connectionId: string;
  readonly orderId: string;
  readonly alertId: string;
  readonly driftId: string;
  readonly raiseId: string;
  readonly sessionId: string;
}

interface Row {
  readonly needs: Need;
  /** A valid input that names something of the owner's; absent where a call names nothing. */
  readonly names?: (own: Belongings) => object;
}

const KEY = "0190d3a5-7f00-7000-8000-000000000001";
const PASSWORD = "four unrelated words";
const ORDER = { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "1.00", timeInForce: "gtc" };
const LIMITS = {
  maxOrderValue: "1000",
  maxOrderQuantity: "10",
  maxPositionFraction: 0.1,
  maxExposureFraction: 1,
  maxDailyLossFraction: 0.02,
  priceCollarFraction: 0.1,
  maxOrdersPerMinute: 60,
};
const SYMBOL_LIMIT = {
  symbol: "AAPL",
  isBlocked: false,
  maxOrderValue: null,
  maxOrderQuantity: "1000",
  maxPositionFraction: null,
};

const account = ({ accountId }: Belongings) => ({ accountId });
const connection = ({ connectionId }: Belongings) => ({ connectionId });
const order = ({ orderId }: Belongings) => ({ orderId });

/** Every procedure of the router: who may call it, and what of another's it can name. */
export const ACCESS: Readonly<Record<string, Row>> = {
  "auth.status": { needs: "anyone" },
  "auth.setUp": { needs: "anyone" },
  "auth.signIn": { needs: "anyone" },
  "auth.signInByPasskey": { needs: "anyone" },
  "auth.signOut": { needs: "person" },
  "auth.changePassword": { needs: "person" },
  "auth.createUser": { needs: "own" },
  "auth.users": { needs: "own" },
  "auth.sessions": { needs: "person" },
  "auth.revokeSession": { needs: "person", names: ({ sessionId }) => ({ id: sessionId }) },
  "auth.webSocketTicket": { needs: "person" },
  "auth.signOutEverywhere": { needs: "person" },
  "auth.stepUp": { needs: "person" },

  "factors.read": { needs: "person" },
  "factors.beginTotp": { needs: "person" },
  "factors.confirmTotp": { needs: "person" },
  "factors.removeTotp": { needs: "person" },

  "passkeys.list": { needs: "person" },
  "passkeys.beginRegistration": { needs: "person" },
  "passkeys.register": { needs: "person" },
  "passkeys.remove": { needs: "person" },
  "passkeys.beginSignIn": { needs: "anyone" },
  "passkeys.beginStepUp": { needs: "person" },

  "tokens.list": { needs: "person" },
  "tokens.create": { needs: "person" },
  "tokens.revoke": { needs: "person" },

  "people.accept": { needs: "anyone" },
  "people.invite": { needs: "own" },
  "people.invitations": { needs: "own" },
  "people.revokeInvitation": { needs: "own" },
  "people.setRole": { needs: "own" },
  "people.remove": { needs: "own" },

  "brokers.catalog": { needs: "person" },
  "brokers.list": { needs: "person" },
  "brokers.add": { needs: "trade" },
  "brokers.replaceCredentials": { needs: "trade", names: (own) => ({ ...connection(own), credentials: {} }) },
  "brokers.probe": { needs: "trade" },
  "brokers.connect": { needs: "trade", names: connection },
  "brokers.disconnect": { needs: "trade", names: connection },
  "brokers.remove": { needs: "trade", names: connection },
  "brokers.reconcile": { needs: "trade", names: connection },
  "brokers.statuses": { needs: "person" },

  "accounts.list": { needs: "person" },
  "accounts.portfolio": { needs: "person", names: account },
  "accounts.portfolioUpdates": { needs: "person", names: account },
  "accounts.events": { needs: "person", names: account },

  "orders.place": { needs: "trade", names: (own) => ({ ...account(own), idempotencyKey: KEY, order: ORDER }) },
  "orders.cancel": { needs: "stop", names: order },
  "orders.modify": { needs: "trade", names: (own) => ({ ...order(own), changes: { quantity: "2" } }) },
  "orders.halt": { needs: "stop" },
  "orders.reduceOnly": { needs: "trade" },
  "orders.resume": { needs: "trade" },
  "orders.flatten": {
    needs: "trade",
    names: (own) => ({ ...account(own), idempotencyKey: KEY, password: PASSWORD }),
  },
  "orders.list": { needs: "person", names: account },
  "orders.get": { needs: "person", names: order },
  "orders.preview": { needs: "person", names: (own) => ({ ...account(own), order: ORDER }) },
  "orders.fills": { needs: "person", names: account },
  "orders.events": { needs: "person" },

  "live.state": { needs: "person" },
  "live.states": { needs: "person" },
  "live.arm": { needs: "trade", names: (own) => ({ ...account(own), suffix: "1234", reviewedLimits: LIMITS }) },
  "live.disarm": { needs: "stop", names: account },

  "marketData.search": { needs: "person", names: (own) => ({ ...connection(own), query: "" }) },
  "marketData.instrument": { needs: "person", names: (own) => ({ ...connection(own), symbol: "AAPL" }) },
  "marketData.bars": { needs: "person", names: (own) => ({ ...connection(own), symbol: "AAPL", timeframe: "1d" }) },
  "marketData.market": { needs: "person", names: connection },
  "marketData.quotes": { needs: "person", names: (own) => ({ ...connection(own), symbols: ["AAPL"] }) },
  "marketData.ticks": { needs: "person", names: (own) => ({ ...connection(own), symbols: ["AAPL"] }) },
  "marketData.watchlist": { needs: "person" },
  "marketData.setWatchlist": { needs: "person" },

  "risk.limits": { needs: "person", names: account },
  "risk.setLimits": { needs: "trade", names: (own) => ({ ...account(own), limits: LIMITS }) },
  "risk.policy": { needs: "person", names: account },
  "risk.raise": {
    needs: "trade",
    names: (own) => ({
      ...account(own),
      field: "maxOrderQuantity",
      raisedTo: "200000",
      minutes: 60,
      password: PASSWORD,
    }),
  },
  "risk.endRaise": { needs: "trade", names: ({ raiseId }) => ({ raiseId }) },
  "risk.setSymbolLimit": { needs: "trade", names: (own) => ({ ...account(own), limit: SYMBOL_LIMIT }) },
  "risk.removeSymbolLimit": { needs: "trade", names: (own) => ({ ...account(own), symbol: "AAPL" }) },
  "risk.state": { needs: "person" },
  "risk.states": { needs: "person" },
  "risk.metrics": { needs: "person", names: account },
  "risk.margin": { needs: "person", names: (own) => ({ ...account(own), order: ORDER }) },

  "drifts.list": { needs: "person", names: account },
  "drifts.resolve": { needs: "trade", names: ({ driftId }) => ({ driftId, note: "mine" }) },

  "alerts.list": { needs: "person" },
  "alerts.watch": { needs: "person" },
  "alerts.acknowledge": { needs: "person", names: ({ alertId }) => ({ alertId }) },
  "alerts.webhook": { needs: "person" },
  "alerts.setWebhook": { needs: "trade" },
  "alerts.removeWebhook": { needs: "trade" },

  "audit.list": { needs: "person" },
  "audit.verify": { needs: "person" },

  "system.info": { needs: "person" },
  "system.metrics": { needs: "person" },
};

/** What this caller must be answered: let in, or the code that it is refused with. */
export function answerFor({ needs }: Row, caller: Caller): "in" | "UNAUTHENTICATED" | "FORBIDDEN" {
  return ANSWERS[needs][caller];
}
