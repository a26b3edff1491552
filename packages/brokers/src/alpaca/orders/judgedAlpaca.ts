import type { ExchangeSession } from "../../calendar/sessionAt.ts";
import { min, type Fixed } from "../../domain/decimal.ts";
import type { JudgedBroker } from "../../judging/OrderJudge.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { AlpacaLink } from "../AlpacaLink.ts";
import type { WireAccount } from "../rest/wireAccount.ts";

/** What the rules for an order ask Alpaca. */
export function judgedAlpaca({ market, account, orders }: AlpacaLink): JudgedBroker {
  return {
    instrument: (symbol, options, urgency) => market.instrument(symbol, options, urgency),
    latest: (symbol, options, urgency) => market.latest(symbol, options, urgency),
    account: async (options, urgency) => {
      const { account: told, positions } = await account.holdings(urgency, options);
      return {
        positions,
        equity: told.equity,
        startOfDayEquity: told.last_equity,
        buyingPower: (order, session) => buyingPowerIn(session, order, told),
      };
    },
    lastHeld: () => account.lastHeld(),
    knownOpen: () => orders.knownOpen(),
    session: () => market.session(),
  };
}

/** What trades at night may use no more than twice the equity: https://docs.alpaca.markets/docs/245-trading */
function buyingPowerIn({ session }: ExchangeSession, { extendedHours }: ParsedOrder, account: WireAccount): Fixed {
  const { buying_power: power, regt_buying_power: atNight } = account;
  return session === "overnight" && extendedHours && atNight !== null ? min(power, atNight) : power;
}
