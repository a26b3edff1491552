import { ORDER_SIDES } from "@trenddojo/brokers/domain";
import { cancelAllOrders, cancelOrder, findOrder, replaceOrder } from "../account/changeOrders.ts";
import { placeOrder } from "../account/placeOrders.ts";
import { readOrderTicket, readReplaceTicket } from "../account/readOrderTicket.ts";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import { isOpen, type VendorOrder } from "../account/VendorOrder.ts";
import { invalid, notFound } from "../wire/ApiRefusal.ts";
import { orderJson, takenOrderJson } from "../wire/orderJson.ts";
import { choice, count, flag, instant, list } from "./queryFields.ts";
import { ok, type ApiRequest, type Route } from "./Route.ts";

const USUAL_PAGE = 50;
const LARGEST_PAGE = 500;

export const orderRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v2/orders",
    service: "trading",
    answer: ({ account, body }) => {
      const order = placeOrder(account, readOrderTicket(body));
      return ok(takenOrderJson(order, account.ledger.legs(order)));
    },
  },
  { method: "GET", path: "/v2/orders", service: "trading", answer: (request) => ok(listOrders(request)) },
  {
    method: "DELETE",
    path: "/v2/orders",
    service: "trading",
    answer: ({ account }) => ({ status: 207, body: cancelAllOrders(account).map(({ id }) => ({ id, status: 200 })) }),
  },
  {
    method: "GET",
    path: "/v2/orders/{order_id}",
    service: "trading",
    answer: (request) => {
      const order = findOrder(request.account, request.params["order_id"] ?? "");
      return ok(orderJson(order, flag(request.query, "nested") ? request.account.ledger.legs(order) : null));
    },
  },
  {
    method: "GET",
    path: "/v2/orders:by_client_order_id",
    service: "trading",
    answer: ({ account, query }) => {
      const clientOrderId = query.get("client_order_id") ?? "";
      if (clientOrderId === "") throw invalid("client_order_id is required");
      const order = account.ledger.byClientId(clientOrderId);
      if (order === undefined) throw notFound(`order not found for ${clientOrderId}`);
      return ok(orderJson(order));
    },
  },
  {
    method: "PATCH",
    path: "/v2/orders/{order_id}",
    service: "trading",
    answer: ({ account, params, body }) => {
      const order = findOrder(account, params["order_id"] ?? "");
      return ok(takenReplacement(replaceOrder(account, order, readReplaceTicket(body))));
    },
  },
  {
    method: "DELETE",
    path: "/v2/orders/{order_id}",
    service: "trading",
    answer: ({ account, params }) => {
      cancelOrder(account, findOrder(account, params["order_id"] ?? ""));
      return { status: 204 };
    },
  },
];

/** A replacement is answered as it was taken, with the fills that it took over. */
function takenReplacement(order: VendorOrder): object {
  return { ...takenOrderJson(order), replaces: order.replaces };
}

function listOrders({ account, query }: ApiRequest): readonly object[] {
  const status = choice(query, "status", ["open", "closed", "all"], "open");
  const direction = choice(query, "direction", ["asc", "desc"], "desc");
  const isNested = flag(query, "nested");
  const found = account.ledger.orders.filter(
    (order) =>
      hasStatus(order, status) &&
      (!isNested || order.parentId === null) &&
      isAsked(order, query) &&
      isPaged(account, order, query),
  );
  const ordered = direction === "asc" ? found : found.toReversed();
  return ordered
    .slice(0, count(query, "limit", USUAL_PAGE, LARGEST_PAGE))
    .map((order) => orderJson(order, isNested ? account.ledger.legs(order) : null));
}

/** Held legs are in no list of open orders: https://github.com/alpacahq/alpaca-trade-api-js/issues/80 */
function hasStatus(order: VendorOrder, status: "open" | "closed" | "all"): boolean {
  if (status === "all") return true;
  return status === "open" ? isOpen(order) && order.status !== "held" : !isOpen(order);
}

function isAsked(order: VendorOrder, query: URLSearchParams): boolean {
  const symbols = list(query, "symbols");
  const classes = list(query, "asset_class");
  const side = query.has("side") ? choice(query, "side", ORDER_SIDES, "buy") : null;
  return (
    (symbols.length === 0 || symbols.includes(order.symbol)) &&
    (classes.length === 0 || classes.includes("us_equity")) &&
    (side === null || side === order.side)
  );
}

function isPaged(account: SimulatedAccount, order: VendorOrder, query: URLSearchParams): boolean {
  const after = instant(query, "after");
  const until = instant(query, "until");
  const beforeId = query.get("before_order_id");
  const afterId = query.get("after_order_id");
  if (beforeId !== null && afterId !== null) throw invalid("before_order_id and after_order_id are mutually exclusive");
  if ((after !== null || until !== null) && (beforeId !== null || afterId !== null)) {
    throw invalid("order ids cannot be combined with after and until");
  }
  return (
    (after === null || order.createdAt > after) &&
    (until === null || order.createdAt < until) &&
    (beforeId === null || order.sequence < findOrder(account, beforeId).sequence) &&
    (afterId === null || order.sequence > findOrder(account, afterId).sequence)
  );
}
