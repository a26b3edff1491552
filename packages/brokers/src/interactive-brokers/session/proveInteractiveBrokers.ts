import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerError } from "../../BrokerError.ts";
import { throwIfAborted } from "../../brokerCall.ts";
import { brokerDeps, type BrokerDeps } from "../../deps.ts";
import type { AccountProof, ConnectionCheck } from "../../domain/ConnectionCheck.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { RequestScheduler } from "../../rate-limit/RequestScheduler.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import { MESSAGE_BUDGET } from "../IBBudget.ts";
import type { IBLiveConfig, IBPaperConfig } from "../IBTypes.ts";
import { DATA_TYPES } from "../market/Ticker.ts";
import { IBGateway } from "./IBGateway.ts";
import { saysReadOnly } from "./saysReadOnly.ts";

/** A share that always has a price. */
const A_SYMBOL = "AAPL";
/** A clock that is further off than this makes ages and expiries wrong. */
const TOLERABLE_SKEW_MS = 5_000;
const SNAPSHOT_MS = 12_000;

/**
 * What a gateway opens, asked of it without changing anything there.
 * @throws BrokerError for the first thing that makes it useless to connect, with what to do: no gateway, one that is not
 * logged in, a client id that is in use, an account of the other mode.
 */
export async function proveInteractiveBrokers(
  config: Pick<IBPaperConfig | IBLiveConfig, "mode" | "gateway" | "account">,
  given: Partial<BrokerDeps> = {},
  options: CallOptions = {},
): Promise<AccountProof> {
  const deps = brokerDeps(given);
  const { mode, gateway: address, account } = config;
  throwIfAborted(INTERACTIVE_BROKERS, options);
  const gateway = new IBGateway({
    address,
    mode,
    ...(account === undefined ? {} : { account }),
    scheduler: new RequestScheduler({ terms: MESSAGE_BUDGET, deps }),
    deps,
    onReady: () => undefined,
    onLost: () => undefined,
  });
  const stop = (): void => void gateway.close();
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    await gateway.start();
    const { accountId, serverVersion: version } = gateway;
    const checks = [
      passed("gateway", "Gateway", `answers at ${address.host}:${address.port}, version ${version}`),
      passed("client_id", "Client ID", `${address.clientId} is free`),
      passed("account", "Account number", `${accountId}, ${mode === "paper" ? "a paper account" : "real money"}`),
      await checkClock(gateway, options),
      await checkTrading(gateway, options),
      await checkPrices(gateway, options),
    ];
    return { accountId, checks };
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await gateway.close();
  }
}

async function checkClock(gateway: IBGateway, options: CallOptions): Promise<ConnectionCheck> {
  await gateway.ask<void>({
    what: "the gateway's clock",
    urgency: "lookup",
    options,
    write: (calls) => calls.reqCurrentTime(),
    listen: ({ on, end }) => on("currentTime", () => end()),
  });
  const { skewMs } = gateway;
  const ahead = skewMs < 0 ? "ahead of" : "behind";
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const value = `this machine is ${seconds} s ${ahead} the gateway`;
  return Math.abs(skewMs) <= TOLERABLE_SKEW_MS
    ? passed("clock", "Clock", value)
    : limited("clock", "Clock", value, "Set this machine's clock by a time server (NTP).");
}

/** A read-only gateway refuses to tell of orders too; what else it would refuse is seen with the first order. */
async function checkTrading(gateway: IBGateway, options: CallOptions): Promise<ConnectionCheck> {
  const isReadOnly = await gateway.ask<boolean>({
    what: "the open orders",
    urgency: "lookup",
    options,
    write: (calls) => calls.reqOpenOrders(),
    listen: ({ on, end }) => {
      on("openOrderEnd", () => end(false));
      on("notice", (notice) => void (saysReadOnly(notice) && end(true)));
      on("error", (error) => void (saysReadOnly(error) && end(true)));
    },
  });
  return isReadOnly
    ? limited("trading", "Trading", "the gateway is read-only", `Take the tick off "Read-Only API" ${IN_SETTINGS}.`)
    : passed("trading", "Trading", "allowed, as far as the gateway tells");
}

async function checkPrices(gateway: IBGateway, options: CallOptions): Promise<ConnectionCheck> {
  await gateway.send({ urgency: "read", options, write: (calls) => calls.reqMarketDataType(DATA_TYPES.delayed) });
  try {
    const type = await gateway.ask<number>({
      what: `the price of ${A_SYMBOL}`,
      urgency: "read",
      options,
      timeoutMs: SNAPSHOT_MS,
      write: (calls, requestId) => calls.reqMktData(requestId, A_CONTRACT, "", true, false),
      cancel: (calls, requestId) => calls.cancelMktData(requestId),
      listen: ({ requestId, on, end }) => {
        let told: number = DATA_TYPES.live;
        on("marketDataType", (id, dataType) => {
          if (id === requestId) told = dataType;
        });
        on("tickPrice", (id, _type, price) => {
          if (id === requestId && price > 0) end(told);
        });
        on("tickSnapshotEnd", (id) => {
          if (id === requestId) end(NO_PRICE);
        });
      },
    });
    return describePrices(type);
  } catch (error) {
    if (!(error instanceof BrokerError) || !isWithoutPrices(error)) throw error;
    return limited("prices", "Prices", error.message, SUBSCRIBE);
  }
}

function describePrices(type: number): ConnectionCheck {
  switch (type) {
    case DATA_TYPES.live:
      return passed("prices", "Prices", "live");
    case DATA_TYPES.frozen:
      return passed("prices", "Prices", "live; the market is closed now");
    case DATA_TYPES.delayed:
    case DATA_TYPES.delayedFrozen:
      return limited("prices", "Prices", "15 to 20 minutes late", SUBSCRIBE);
    default:
      return limited("prices", "Prices", "none came", SUBSCRIBE);
  }
}

/** A session without prices can trade; one that ended cannot. */
function isWithoutPrices({ code }: BrokerError): boolean {
  return (
    code === BrokerErrorCode.NO_MARKET_DATA || code === BrokerErrorCode.TIMEOUT || code === BrokerErrorCode.API_ERROR
  );
}

const A_CONTRACT = { symbol: A_SYMBOL, secType: "STK", exchange: "SMART", currency: "USD" } as const;
const NO_PRICE = 0;
const IN_SETTINGS = "in the gateway's Configuration > API > Settings";
const SUBSCRIBE =
  "Subscribe to US stock prices for the API in the Client Portal, and share them with the paper account.";

const passed = (name: string, label: string, value: string): ConnectionCheck => ({
  name,
  label,
  state: "passed",
  value,
});

const limited = (name: string, label: string, value: string, fix: string): ConnectionCheck => ({
  name,
  label,
  state: "limited",
  value,
  fix,
});
