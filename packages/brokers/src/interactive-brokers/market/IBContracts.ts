import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Instrument } from "../../domain/marketData.ts";
import { searchInstruments } from "../../feeds/searchInstruments.ts";
import { symbolOf, toIBSymbol } from "../ibSymbol.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { Gateway } from "../session/Gateway.ts";
import type { IBContractDescription, IBContractDetails } from "../session/vendorTypes.ts";
import { exchangeOf, marketRuleOf, toKnownContract, type KnownContract } from "./KnownContract.ts";
import { readPriceSteps, type PriceStep } from "./priceSteps.ts";
import { hoursAt, type HoursAt } from "./tradingHours.ts";

/** Of a contract only its hours change from day to day. */
const FRESH_MS = 3_600_000;
/** No stock of this name: an error that is an answer. */
const NO_SUCH_CONTRACT = 200;
/** Where shares of the United States are listed. */
const LISTED: ReadonlySet<string> = new Set(["NASDAQ", "NYSE", "ARCA", "BATS", "IEX"]);
/** An empty search lists from the start, and Interactive Brokers does not search for nothing. */
const FROM_THE_START = "A";

/** Instruments and their contracts: each is asked for once, and its id is kept. */
export class IBContracts {
  readonly #gateway: Gateway;
  readonly #known = new Map<string, { readonly contract: KnownContract; readonly at: number }>();
  /** Asked for now, by symbol. */
  readonly #asked = new Map<string, Promise<KnownContract | null>>();
  readonly #steps = new Map<number, readonly PriceStep[]>();
  /** The one that was read last: the hours of shares of the United States are the same for all. */
  #newest: KnownContract | null = null;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** Null for what is not traded. @throws BrokerError */
  async contract(
    symbol: string,
    options?: CallOptions,
    urgency: "reduce" | "read" = "read",
  ): Promise<KnownContract | null> {
    const known = this.#known.get(symbol);
    if (known !== undefined && this.#gateway.clock.monotonic() - known.at < FRESH_MS) return known.contract;
    // One that somebody else may stop waiting for is not shared.
    if (options?.signal !== undefined) return this.#ask(symbol, options, urgency);
    let asked = this.#asked.get(symbol);
    if (asked === undefined) {
      asked = this.#ask(symbol, {}, urgency).finally(() => this.#asked.delete(symbol));
      this.#asked.set(symbol, asked);
    }
    return asked;
  }

  /** As far as is known, without asking, of any age. */
  known(symbol: string): KnownContract | undefined {
    return this.#known.get(symbol)?.contract;
  }

  /** By symbol or part of the name, best match first. @throws BrokerError */
  async search(query: string, limit: number, options: CallOptions = {}): Promise<readonly Instrument[]> {
    const sought = query.trim();
    // What no name has is not asked for.
    if (!/^[\x20-\x7e]*$/.test(sought)) return [];
    const found = await this.#gateway.ask<readonly IBContractDescription[]>({
      what: "the search for instruments",
      urgency: "read",
      options,
      write: (calls, requestId) => calls.reqMatchingSymbols(requestId, sought === "" ? FROM_THE_START : sought),
      listen: ({ requestId, on, end }) => {
        on("symbolSamples", (id, descriptions) => void (id === requestId && end(descriptions)));
        on("error", ({ id, code }) => void (id === requestId && code === NO_SUCH_CONTRACT && end([])));
      },
    });
    return searchInstruments(
      found.flatMap((each) => this.#toInstrument(each) ?? []),
      sought,
      limit,
    );
  }

  /** What the newest hours say of an instant of the regular session; null where they say nothing. */
  hoursAt(now: number): HoursAt | null {
    const hours = this.#newest?.liquidHours ?? null;
    return hours === null ? null : hoursAt(hours, now);
  }

  async #ask(symbol: string, options: CallOptions, urgency: "reduce" | "read"): Promise<KnownContract | null> {
    const all = await this.#gateway.ask<readonly IBContractDetails[]>({
      what: `the contract of ${symbol}`,
      urgency,
      options,
      write: (calls, requestId) =>
        calls.reqContractDetails(requestId, {
          symbol: toIBSymbol(symbol),
          secType: "STK",
          exchange: "SMART",
          currency: "USD",
        }),
      listen: ({ requestId, on, end }) => {
        const found: IBContractDetails[] = [];
        on("contractDetails", (id, details) => void (id === requestId && found.push(details)));
        on("contractDetailsEnd", (id) => void (id === requestId && end(found)));
        on("error", ({ id, code }) => void (id === requestId && code === NO_SUCH_CONTRACT && end([])));
      },
    });
    const own = all.filter(({ contract }) => symbolOf(contract) === symbol);
    const details = own.find(({ contract }) => LISTED.has(exchangeOf(contract.primaryExch ?? ""))) ?? own[0];
    if (details === undefined) return null;
    const contract = toKnownContract(details, await this.#stepsOf(details, options));
    if (contract === null) return null;
    this.#known.set(symbol, { contract, at: this.#gateway.clock.monotonic() });
    this.#newest = contract;
    return contract;
  }

  /** Empty where the rule cannot be had: the contract's own smallest step is used then. */
  async #stepsOf(details: IBContractDetails, options: CallOptions): Promise<readonly PriceStep[]> {
    const ruleId = marketRuleOf(details);
    if (ruleId === null) return [];
    const known = this.#steps.get(ruleId);
    if (known !== undefined) return known;
    const steps = await this.#gateway
      .ask<readonly PriceStep[]>({
        what: `the price steps of rule ${ruleId}`,
        urgency: "read",
        options,
        write: (calls) => calls.reqMarketRule(ruleId),
        listen: ({ on, end }) =>
          on("marketRule", (id, increments) => void (id === ruleId && end(readPriceSteps(increments)))),
      })
      .catch(() => null);
    if (steps === null) return [];
    this.#steps.set(ruleId, steps);
    return steps;
  }

  #toInstrument({ contract = {} }: IBContractDescription): Instrument | null {
    const symbol = symbolOf(contract);
    const exchange = exchangeOf(contract.primaryExch ?? "");
    if (symbol === null || contract.currency !== "USD" || !LISTED.has(exchange)) return null;
    const { description = "" } = contract;
    const known = this.#known.get(symbol)?.contract.instrument;
    return (
      known ?? {
        symbol,
        name: description === "" ? symbol : description,
        exchange,
        kind: "stock",
        currency: "USD",
        tickSize: "0.01",
        lotSize: "1",
        shortable: true,
      }
    );
  }
}

/** What is not traded here. */
export function noSuchSymbol(symbol: string): Error {
  const message = `${symbol} is not traded here; search for it by name`;
  return ibRefusal(BrokerErrorCode.SYMBOL_NOT_FOUND, message, { symbol });
}
