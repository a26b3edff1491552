import type { JudgedBroker } from "../../judging/OrderJudge.ts";
import type { IBLink } from "../IBLink.ts";

/** What the rules for an order ask the gateway. */
export function judgedGateway({ market, account, orders }: IBLink): JudgedBroker {
  return {
    instrument: (symbol, options, urgency) => market.instrument(symbol, options, urgency),
    latest: (symbol, options, urgency) => market.latest(symbol, options, urgency),
    account: async (options, urgency) => {
      const { positions, equity, startOfDayEquity, buyingPower } = await account.facts(options, urgency);
      return { positions, equity, startOfDayEquity, buyingPower: () => buyingPower };
    },
    lastHeld: () => account.lastHeld(),
    knownOpen: () => orders.knownOpen(),
    session: () => market.session(),
  };
}
