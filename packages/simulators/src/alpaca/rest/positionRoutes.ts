import { cancelAllOrders } from "../account/changeOrders.ts";
import { closePosition, findInstrument } from "../account/placeOrders.ts";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import { ApiRefusal, invalid, notFound } from "../wire/ApiRefusal.ts";
import { takenOrderJson } from "../wire/orderJson.ts";
import { positionJson } from "../wire/positionJson.ts";
import { amount, flag } from "./queryFields.ts";
import { ok, type Route } from "./Route.ts";

export const positionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v2/positions",
    service: "trading",
    answer: ({ account }) => ok(account.positions().map((position) => positionJson(account, position))),
  },
  {
    method: "DELETE",
    path: "/v2/positions",
    service: "trading",
    answer: ({ account, query }) => {
      if (flag(query, "cancel_orders")) cancelAllOrders(account);
      return { status: 207, body: account.positions().map(({ symbol }) => closed(account, symbol)) };
    },
  },
  {
    method: "GET",
    path: "/v2/positions/{symbol_or_asset_id}",
    service: "trading",
    answer: ({ account, params }) => {
      const asked = params["symbol_or_asset_id"] ?? "";
      const position = account.position(findInstrument(account, asked)?.symbol ?? asked);
      if (position === undefined) throw notFound("position does not exist");
      return ok(positionJson(account, position));
    },
  },
  {
    method: "DELETE",
    path: "/v2/positions/{symbol_or_asset_id}",
    service: "trading",
    answer: ({ account, params, query }) => {
      const qty = amount(query, "qty");
      const percentage = amount(query, "percentage");
      if (qty !== null && percentage !== null) throw invalid("only one of qty or percentage is accepted");
      return ok(takenOrderJson(closePosition(account, params["symbol_or_asset_id"] ?? "", { qty, percentage })));
    },
  },
];

function closed(account: SimulatedAccount, symbol: string): object {
  try {
    return {
      symbol,
      status: 200,
      body: takenOrderJson(closePosition(account, symbol, { qty: null, percentage: null })),
    };
  } catch (error) {
    if (error instanceof ApiRefusal) return { symbol, status: error.status, body: error.body };
    throw error;
  }
}
