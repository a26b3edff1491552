import type { CallOptions } from "../../BrokerClient.ts";
import type { WireFillActivity } from "../rest/wireAccount.ts";
import { ACTIVITIES_A_PAGE, type TradingRest } from "../rest/TradingRest.ts";

/** An activity is listed by when it was written down, a little after it happened. */
const MARGIN_MS = 60_000;

/** The account's executions, as Alpaca lists them among its activities. */
export class FillHistory {
  readonly #rest: TradingRest;

  constructor(rest: TradingRest) {
    this.#rest = rest;
  }

  /** Executions that happened at or after `since`, oldest first. @throws BrokerError */
  async since(since: number, options?: CallOptions): Promise<readonly WireFillActivity[]> {
    const after = Math.max(0, since - MARGIN_MS);
    const found: WireFillActivity[] = [];
    for (let pageToken: string | undefined; ;) {
      const query = { after, ...(pageToken === undefined ? {} : { pageToken }) };
      const page = await this.#rest.getFillActivities(query, options);
      found.push(...page);
      const last = page.at(-1)?.id;
      if (page.length < ACTIVITIES_A_PAGE || last === undefined || last === pageToken) break;
      pageToken = last;
    }
    return found.filter(({ transaction_time: at }) => at >= since);
  }
}
