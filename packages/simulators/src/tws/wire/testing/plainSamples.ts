import { PLAIN_ORDER } from "../plainOrder.ts";
import { NO_CONTRACT, type WireContract } from "../WireContract.ts";
import type { WireOrder } from "../WireOrder.ts";

export const AAPL: WireContract = {
  ...NO_CONTRACT,
  conId: 265598,
  symbol: "AAPL",
  secType: "STK",
  exchange: "SMART",
  primaryExch: "NASDAQ",
  currency: "USD",
  localSymbol: "AAPL",
  tradingClass: "NMS",
};

/** A limit order as most clients send it. */
export const PLAIN: WireOrder = {
  ...PLAIN_ORDER,
  action: "BUY",
  totalQuantity: "100",
  orderType: "LMT",
  lmtPrice: "150.10",
  tif: "DAY",
  account: "DU1234567",
  orderRef: "mine-1",
};
