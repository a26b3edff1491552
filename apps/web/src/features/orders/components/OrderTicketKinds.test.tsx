import { act, fireEvent, screen } from "@testing-library/react";
import type { BrokerCard, PreviewView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { account, anOrder, capabilities, everything, instrument, preview } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { OrdersMemoryProvider } from "./OrdersMemory.tsx";
import { OrderTicket } from "./OrderTicket.tsx";

interface Told {
  readonly can?: BrokerCard["capabilities"];
  readonly held?: string;
  readonly issues?: PreviewView["issues"];
}

/** A ticket at a broker that can do every order kind; answers with what was sent. */
function renderTicket({ can = everything, held = "0", issues = [] }: Told = {}) {
  const sent: unknown[] = [];
  const { clock } = renderDesk(
    <OrdersMemoryProvider>
      <OrderTicket
        account={account}
        instrument={instrument}
        capabilities={can}
        start={{}}
        referencePrice="187.52"
        held={held}
        isSimulator={false}
      />
    </OrdersMemoryProvider>,
    {
      "orders.preview": () => ({ ...preview, issues }),
      "orders.place": (input) => {
        sent.push(typeof input === "object" && input !== null && "order" in input ? input.order : input);
        return anOrder();
      },
      "orders.get": () => ({
        order: anOrder(),
        fills: [],
        events: [],
        group: [],
        explanation: null,
        triggeredBy: null,
      }),
    },
  );
  return { sent, clock };
}

const type = async (name: string, value: string) =>
  fireEvent.change(await screen.findByRole("textbox", { name }), { target: { value } });
const choose = async (name: string, value: string) =>
  fireEvent.change(await screen.findByRole("combobox", { name }), { target: { value } });
const click = async (name: string | RegExp) => fireEvent.click(await screen.findByRole("button", { name }));
const described = async (role: "textbox" | "combobox", name: string) => {
  const field = await screen.findByRole(role, { name });
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ");
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
};

test("[UT47] a bracket: both exits, their risk and reward, the whole of it in the review, sent as one order", async () => {
  const { sent } = renderTicket();
  await choose("Exits", "both");
  await type("Quantity", "100");
  await type("Take profit", "199");
  await type("Stop loss", "180");
  expect(
    await screen.findByText(/^From 187\.52: profit \$1,148\.00 \(6\.12%\), loss \$752\.00 \(4\.01%\), 1\.53 to 1\./),
  ).toBeDefined();
  await click("Review order");
  expect(
    await screen.findByText(
      "Buy 100 AAPL at market, then sell at 199.00 or, at 180.00, stop out; for the day. PAPER ···4821",
    ),
  ).toBeDefined();
  await click("Buy 100 AAPL · PAPER ···4821");
  await screen.findByText("Working");
  expect(sent).toEqual([
    {
      symbol: "AAPL",
      side: "buy",
      type: "market",
      quantity: "100",
      timeInForce: "day",
      extendedHours: false,
      orderClass: "bracket",
      takeProfit: { price: "199" },
      stopLoss: { stopPrice: "180" },
    },
  ]);
});

test("[UT48] exits that were filled in and put away again are not sent", async () => {
  const { sent } = renderTicket();
  await choose("Exits", "both");
  await type("Quantity", "100");
  await type("Take profit", "199");
  await type("Stop loss", "180");
  await choose("Order type", "stop");
  expect(screen.queryByRole("textbox", { name: "Stop loss" })).toBeNull();
  await type("Stop price", "190");
  await click("Review order");
  await click("Buy 100 AAPL · PAPER ···4821");
  await screen.findByText("Working");
  expect(sent).toMatchObject([{ type: "stop", stopPrice: "190" }]);
  expect(sent[0]).not.toHaveProperty("stopLoss");
  expect(sent[0]).not.toHaveProperty("orderClass");
});

test("[UT49] a stop above the entry is told at the stop's field, and is not reviewed", async () => {
  const { sent } = renderTicket();
  await choose("Order type", "limit");
  await choose("Exits", "both");
  await type("Quantity", "100");
  await type("Limit price", "187.5");
  await type("Take profit", "199");
  await type("Stop loss", "190");
  await click("Review order");
  expect(await described("textbox", "Stop loss")).toContain("It must lie below the limit price, 187.50.");
  expect(await screen.findByRole("button", { name: "Review order" })).toBeDefined();
  expect(sent).toEqual([]);
});

test("[UT50] what the desk objects to in an exit stands at that exit", async () => {
  const issue = { code: "INVALID_ORDER", rule: "price_tick", params: {} } as const;
  const { clock } = renderTicket({
    issues: [
      { ...issue, field: "stopLoss", message: "The nearest is 180.01." },
      { ...issue, field: "orderClass", message: "Linked orders are for day or gtc." },
    ],
  });
  await choose("Exits", "stop_loss");
  await type("Quantity", "100");
  await type("Stop loss", "180.005");
  act(() => clock.advance(250));
  expect(await screen.findByText("The nearest is 180.01.")).toBeDefined();
  expect(await described("textbox", "Stop loss")).toContain("The nearest is 180.01.");
  expect(await described("combobox", "Exits")).toContain("Linked orders are for day or gtc.");
});

test("[UT51] a pair that closes: the ticket's limit is its profit", async () => {
  const { sent } = renderTicket({ held: "100" });
  fireEvent.click(await screen.findByRole("radio", { name: "Sell" }));
  await choose("Exits", "oco");
  await type("Quantity", "100");
  await type("Limit price: the profit", "199");
  await type("Stop loss", "180");
  await type("Its limit (optional)", "179.5");
  await click("Review order");
  await click("Sell 100 AAPL · PAPER ···4821");
  await screen.findByText("Working");
  expect(sent).toMatchObject([
    { type: "limit", side: "sell", price: "199", orderClass: "oco", stopLoss: { stopPrice: "180", price: "179.5" } },
  ]);
});

test("[UT52] an amount of money says how many shares it is about, and is sent as money", async () => {
  const { sent } = renderTicket();
  await choose("Size in", "dollars");
  await type("Amount in dollars", "500");
  expect(await described("textbox", "Amount in dollars")).toBe("≈ 2.666 shares at 187.52");
  await click("Review order");
  await click("Buy $500.00 of AAPL · PAPER ···4821");
  await screen.findByText("Working");
  expect(sent).toMatchObject([{ type: "market", notional: "500" }]);
  expect(sent[0]).not.toHaveProperty("quantity");
});

test("[UT53] a trailing stop says about where it begins", async () => {
  const { sent } = renderTicket();
  fireEvent.click(await screen.findByRole("radio", { name: "Sell" }));
  await choose("Order type", "trailing_stop");
  await type("Quantity", "100");
  await type("Trail in percent", "1.5");
  expect(await described("textbox", "Trail in percent")).toBe("Begins at about 184.71");
  await click("Review order");
  expect(
    await screen.findByText("Sell 100 AAPL at market once it falls 1.5 % from its high, for the day. PAPER ···4821"),
  ).toBeDefined();
  await click("Sell 100 AAPL · PAPER ···4821");
  await screen.findByText("Working");
  expect(sent).toMatchObject([{ type: "stop", trail: { by: "percent", value: "1.5" } }]);
});

test("[UT54] an end is typed on the person's clock and told on the market's", async () => {
  const { sent } = renderTicket();
  await choose("Order type", "limit");
  await choose("Time in force", "gtc");
  await type("Quantity", "1");
  await type("Limit price", "187");
  const ends = await screen.findByLabelText("Ends at, ET (optional)");
  fireEvent.change(ends, { target: { value: "2026-11-30T15:30" } });
  expect(await screen.findByText(/^Nov 30, 2026, 15:30:00 market time$/)).toBeDefined();
  await click("Review order");
  await click("Buy 1 AAPL · PAPER ···4821");
  await screen.findByText("Working");
  expect(sent).toMatchObject([{ timeInForce: "gtc", expiresAt: "2026-11-30T20:30:00.000Z" }]);
});

test("[UT55] what the broker cannot do of the order kinds is there, disabled, with the reason", async () => {
  renderTicket({ can: capabilities });
  for (const name of [
    "Trailing stop (plain stops only)",
    "Dollars (shares only)",
    "Take profit and stop loss (single orders only)",
    "One cancels the other (single orders only)",
  ]) {
    expect((await screen.findByRole("option", { name })).hasAttribute("disabled")).toBe(true);
  }
  await choose("Order type", "limit");
  await choose("Time in force", "gtc");
  const ends = await screen.findByLabelText("Ends at, ET (optional)");
  expect(ends.hasAttribute("disabled")).toBe(true);
  expect(await screen.findByText("no date of its own")).toBeDefined();
});
