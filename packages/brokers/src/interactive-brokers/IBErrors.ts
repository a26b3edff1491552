import { BrokerError, type Outcome } from "../BrokerError.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { INTERACTIVE_BROKERS } from "./ibName.ts";
import type { GatewayError } from "./session/GatewayEvents.ts";

interface ErrorRule {
  readonly code: BrokerErrorCode;
  /** In words, with what to do; the gateway's own words follow it. */
  readonly words: string;
}

const { SYMBOL_NOT_FOUND, INVALID_ORDER, ORDER_REJECTED, ORDER_NOT_FOUND, ORDER_CLOSED, DUPLICATE_ORDER } =
  BrokerErrorCode;
const { NO_MARKET_DATA, RATE_LIMIT_EXCEEDED, NOT_SUPPORTED, API_ERROR, CONNECTION_FAILED } = BrokerErrorCode;
const { INSUFFICIENT_FUNDS, MARKET_CLOSED } = BrokerErrorCode;

const PRECAUTION =
  "a precaution in the gateway's own presets stopped the order: see its Configuration > API > Precautions";

/** Interactive Brokers' numbers: https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#api-error-codes */
const RULES: ReadonlyMap<number, ErrorRule> = new Map([
  // "Max rate of messages per second has been exceeded"
  [100, { code: RATE_LIMIT_EXCEEDED, words: "too many messages in a second" }],
  // "Max number of tickers has been reached"
  [101, { code: RATE_LIMIT_EXCEEDED, words: "all market data lines are in use: unsubscribe from another symbol" }],
  [102, { code: API_ERROR, words: "the price subscription is there already" }],
  [103, { code: DUPLICATE_ORDER, words: "the order id was used before" }],
  [104, { code: ORDER_CLOSED, words: "the order is filled and cannot be changed" }],
  [105, { code: INVALID_ORDER, words: "the change does not fit the order" }],
  [109, { code: ORDER_REJECTED, words: PRECAUTION }],
  // "The price does not conform to the minimum price variation for this contract"
  [110, { code: INVALID_ORDER, words: "the price is no multiple of the instrument's tick" }],
  [111, { code: INVALID_ORDER, words: "this time in force does not go with this order type" }],
  [113, { code: INVALID_ORDER, words: "this time in force does not go with this order type" }],
  [116, { code: CONNECTION_FAILED, words: "the order cannot be sent to its exchange now" }],
  [118, { code: NOT_SUPPORTED, words: "orders of this kind do not exist here" }],
  [135, { code: ORDER_NOT_FOUND, words: "there is no such order" }],
  [136, { code: ORDER_CLOSED, words: "the order cannot be canceled" }],
  // "Cancel attempted when order is not in a cancellable state"
  [161, { code: ORDER_CLOSED, words: "the order cannot be canceled any more" }],
  [163, { code: ORDER_REJECTED, words: PRECAUTION }],
  [165, { code: NO_MARKET_DATA, words: "the historical data service has no answer" }],
  // "No security definition has been found for the request"
  [200, { code: SYMBOL_NOT_FOUND, words: "there is no such instrument, or more than one" }],
  [201, { code: ORDER_REJECTED, words: "the order was rejected" }],
  [203, { code: NOT_SUPPORTED, words: "the account may not trade this instrument" }],
  [300, { code: API_ERROR, words: "there is no such price subscription" }],
  [320, { code: API_ERROR, words: "the gateway could not read the request" }],
  [321, { code: INVALID_ORDER, words: "the gateway did not accept the request" }],
  [322, { code: RATE_LIMIT_EXCEEDED, words: "too many requests of this kind are open" }],
  [354, { code: NO_MARKET_DATA, words: "the login has no subscription for these prices" }],
  [360, { code: NOT_SUPPORTED, words: "no preview of such an order" }],
  [366, { code: NO_MARKET_DATA, words: "the request for bars is not known any more" }],
  [382, { code: ORDER_REJECTED, words: PRECAUTION }],
  [383, { code: ORDER_REJECTED, words: PRECAUTION }],
  [387, { code: NOT_SUPPORTED, words: "the exchange does not take this order type" }],
  [388, { code: INVALID_ORDER, words: "the order is below the instrument's smallest size" }],
  [413, { code: API_ERROR, words: "a preview has to be transmitted" }],
  [420, { code: NO_MARKET_DATA, words: "the login has no subscription for these prices" }],
  [434, { code: INVALID_ORDER, words: "the order has no size" }],
  [460, { code: NOT_SUPPORTED, words: "the account has no permission to trade this" }],
  [504, { code: CONNECTION_FAILED, words: "the gateway is not connected" }],
  [1100, { code: CONNECTION_FAILED, words: "the gateway has lost its line to Interactive Brokers" }],
  [10089, { code: NO_MARKET_DATA, words: "these prices need a subscription that includes the API" }],
  [10091, { code: NO_MARKET_DATA, words: "part of these prices needs a subscription that includes the API" }],
  [10147, { code: ORDER_NOT_FOUND, words: "there is no such order" }],
  [10148, { code: ORDER_CLOSED, words: "the order cannot be canceled any more" }],
  [
    10168,
    { code: NO_MARKET_DATA, words: "the login has no subscription for these prices, and delayed ones are not on" },
  ],
  [
    10186,
    { code: NO_MARKET_DATA, words: "the login has no subscription for these prices, and delayed ones are not on" },
  ],
  [10187, { code: NO_MARKET_DATA, words: "no historical ticks" }],
  [10189, { code: NO_MARKET_DATA, words: "no ticks of this instrument" }],
  [10197, { code: NO_MARKET_DATA, words: "another session of the same user has the prices: log the other one out" }],
  [10241, { code: NOT_SUPPORTED, words: "orders for an amount of money are not taken here" }],
  [10242, { code: NOT_SUPPORTED, words: "an order for part of a share cannot be changed" }],
  [10243, { code: NOT_SUPPORTED, words: "parts of a share cannot be ordered over the API" }],
  [10244, { code: NOT_SUPPORTED, words: "orders for an amount of money are not taken here" }],
  [10245, { code: NOT_SUPPORTED, words: "parts of a share cannot be ordered over the API" }],
  [10246, { code: NOT_SUPPORTED, words: "parts of a share cannot be ordered over the API" }],
  [10247, { code: NOT_SUPPORTED, words: "parts of a share cannot be ordered over the API" }],
  [10268, { code: NOT_SUPPORTED, words: "an outdated attribute of the order" }],
  [10269, { code: NOT_SUPPORTED, words: "an outdated attribute of the order" }],
  [10270, { code: NOT_SUPPORTED, words: "an outdated attribute of the order" }],
  [10285, { code: INVALID_ORDER, words: "the gateway is too old for such a size: update it" }],
  [10341, { code: INVALID_ORDER, words: "the change does not fit the order" }],
]);

/** What a number means depends on its words; they come in English where the gateway is set so. */
const BY_WORDS: ReadonlyMap<number, readonly (readonly [pattern: RegExp, rule: ErrorRule])[]> = new Map([
  [
    162,
    [
      [/pacing/i, { code: RATE_LIMIT_EXCEEDED, words: "too many requests for bars in a short time" }],
      [/permission|subscri/i, { code: NO_MARKET_DATA, words: "the login has no subscription for these prices" }],
    ],
  ],
  [
    201,
    [
      [
        /margin|insufficient|buying power|available funds|equity with loan|cash (?:balance|needed)/i,
        { code: INSUFFICIENT_FUNDS, words: "the account's means do not cover the order" },
      ],
      [/exchange is closed|market is closed/i, { code: MARKET_CLOSED, words: "the market is closed" }],
    ],
  ],
  [
    321,
    [
      [
        /read.?only/i,
        {
          code: NOT_SUPPORTED,
          words: 'the gateway is read-only: take the tick off "Read-Only API" in Configuration > API > Settings',
        },
      ],
    ],
  ],
]);
const NO_BARS: ErrorRule = { code: NO_MARKET_DATA, words: "no bars" };
const UNLISTED: ErrorRule = { code: API_ERROR, words: "the gateway reported an error" };

/** Told beside what goes on: the request or order it names is not over by it. */
const WARNINGS: ReadonlySet<number> = new Set([202, 399, 404, 492, 10006, 10090, 10167, 10349]);

/** The request or order that it names lives on. 202 tells that an order was canceled, which its status tells too. */
export function isWarning(code: number): boolean {
  return WARNINGS.has(code) || (code >= 2_100 && code < 2_200);
}

/** Its meaning is known here. */
export function isListed(code: number): boolean {
  return RULES.has(code) || BY_WORDS.has(code);
}

/** Longest that is shown of the gateway's words. */
const LONGEST_WORDS = 300;

/**
 * What an error of the gateway means here: our code, what to do, and the gateway's own number and words.
 * @param what the thing that failed: "the contract of AAPL". @param outcome @default refused: the gateway answered
 */
export function toBrokerError(
  error: Omit<GatewayError, "id">,
  what: string,
  outcome: Outcome = "refused",
): BrokerError {
  const { code, words } = ruleOf(error);
  const said = error.message.replaceAll(/[^\x20-\x7e]+/g, " ").slice(0, LONGEST_WORDS);
  return new BrokerError(`${what}: ${words} (${error.code}: ${said})`, code, INTERACTIVE_BROKERS, {
    details: { ibCode: error.code },
    outcome,
  });
}

function ruleOf({ code, message }: Omit<GatewayError, "id">): ErrorRule {
  const byWords = BY_WORDS.get(code)?.find(([pattern]) => pattern.test(message))?.[1];
  return byWords ?? RULES.get(code) ?? (code === 162 ? NO_BARS : UNLISTED);
}
