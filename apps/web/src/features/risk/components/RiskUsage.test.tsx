import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { RiskUsage } from "./RiskUsage.tsx";

const metrics = {
  tradingState: "ACTIVE",
  equity: "100000",
  grossExposure: "20000",
  netExposure: "20000",
  leverage: 0.2,
  dayPnl: "0",
  dayPnlFraction: 0,
  largestPosition: { symbol: "AAPL", fraction: 0.05 },
  openOrders: 0,
  limits: {
    maxOrderValue: "25000",
    maxOrderQuantity: "10000",
    maxPositionFraction: 0.1,
    maxExposureFraction: 1,
    maxDailyLossFraction: 0.02,
    priceCollarFraction: 0.05,
    maxOrdersPerMinute: 60,
  },
  asOf: "2026-11-23T15:00:00.000Z",
};

test("[UR3] the desk is called active while every limit holds", async () => {
  renderDesk(<RiskUsage accountId="account-1" />, { "risk.metrics": () => metrics });
  expect((await screen.findByRole("meter", { name: "Largest position" })).getAttribute("aria-valuenow")).toBe("50");
  expect(screen.getByText(/^Active/).className).toBe("text-good");
});

test("[UR4] nothing says that all is well while a limit is exceeded, and the limit is named", async () => {
  renderDesk(<RiskUsage accountId="account-1" />, {
    "risk.metrics": () => ({ ...metrics, largestPosition: { symbol: "AAPL", fraction: 0.12 } }),
  });
  const bar = await screen.findByRole("meter", { name: "Largest position" });
  expect(bar.getAttribute("aria-valuetext")).toBe("12.00% of 10.00%, over the limit");
  expect(screen.getByText(/^Over the limit: largest position\./)).not.toBeNull();
  expect(screen.queryByText(/^Active/)).toBeNull();
});
