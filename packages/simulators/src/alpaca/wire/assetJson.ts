import type { Instrument } from "@trenddojo/brokers/domain";
import { assetId } from "./ids.ts";

/** `GET /v2/assets/{symbol}`. */
export function assetJson(instrument: Instrument): object {
  const isFractionable = instrument.fractionable === true;
  return {
    id: assetId(instrument.symbol),
    class: "us_equity",
    exchange: instrument.exchange,
    symbol: instrument.symbol,
    name: instrument.name,
    status: "active",
    tradable: true,
    marginable: true,
    maintenance_margin_requirement: 30,
    margin_requirement_long: "30",
    margin_requirement_short: "30",
    shortable: instrument.shortable,
    easy_to_borrow: instrument.shortable,
    borrow_status: instrument.shortable ? "easy_to_borrow" : "hard_to_borrow",
    fractionable: isFractionable,
    attributes: assetAttributes(instrument),
  };
}

/** What the vendor says of an asset by name alone. */
export function assetAttributes({ fractionable, overnight }: Instrument): readonly string[] {
  return [
    ...(fractionable === true ? ["fractional_eh_enabled"] : []),
    ...(overnight === undefined ? [] : ["overnight_tradable"]),
    // One that is halted is eligible all the same: https://docs.alpaca.markets/docs/245-trading
    ...(overnight === "halted" ? ["overnight_halted"] : []),
  ];
}
