import { marketData } from "@trenddojo/brokers/testing";
import { expect, it } from "vitest";
import { quoteTuple as quoteTupleSchema } from "../wire/marketData.ts";
import { quoteTuple } from "./quoteTuple.ts";

it("[QH9] a quote says that trading is halted only while it is", () => {
  const halt = { status: "halted", since: 5, reason: "news pending" } as const;
  expect(quoteTuple(marketData("AAPL"), "streaming")).toHaveLength(13);
  const halted = quoteTuple(marketData("AAPL", { halt }), "streaming");
  expect(halted.at(-1)).toEqual(halt);
  expect(quoteTupleSchema.parse(JSON.parse(JSON.stringify(halted)))).toEqual(halted);
});
