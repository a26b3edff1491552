import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import type { OrderInput } from "@trenddojo/server/wire";
import { useState } from "react";
import { expect, test } from "vitest";
import { account, anOrder, capabilities, instrument, preview } from "../../../testing/builders.ts";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import type { Answers } from "../../../testing/renderDesk.tsx";
import { OrdersMemoryProvider } from "./OrdersMemory.tsx";
import { OrderTicket } from "./OrderTicket.tsx";

interface Placed {
  readonly accountId: string;
  readonly idempotencyKey: string;
  readonly order: OrderInput;
  readonly previewToken?: string;
  readonly acknowledgesUnknown?: boolean;
}

function isPlaced(input: unknown): input is Placed {
  return typeof input === "object" && input !== null && "idempotencyKey" in input;
}

function hasAcknowledged(input: unknown): boolean {
  return typeof input === "object" && input !== null && "acknowledgesUnknown" in input;
}

/** A ticket, and buttons that leave its screen and open it again for a sale, as links and hotkeys do. */
function Screens() {
  const [screen, setScreen] = useState<"ticket" | "elsewhere" | "sale">("ticket");
  return (
    <>
      <button onClick={() => setScreen("elsewhere")}>Go elsewhere</button>
      <button onClick={() => setScreen("sale")}>Open for a sale</button>
      {screen === "elsewhere" ? null : (
        <OrderTicket
          key={screen}
          account={account}
          instrument={instrument}
          capabilities={capabilities}
          start={screen === "sale" ? { side: "sell" } : {}}
          referencePrice="187.52"
          held="0"
          isSimulator={false}
        />
      )}
    </>
  );
}

/** Renders a ticket; `place` answers each sending in turn. */
function renderTicket(place: readonly (() => unknown)[], more: Answers = {}) {
  const placed: Placed[] = [];
  const view = renderDesk(
    <OrdersMemoryProvider>
      <Screens />
    </OrdersMemoryProvider>,
    {
      "orders.preview": () => preview,
      "orders.place": (input) => {
        if (isPlaced(input)) placed.push(input);
        return (place[placed.length - 1] ?? (() => anOrder()))();
      },
      "orders.get": () => ({
        order: anOrder(),
        fills: [],
        events: [],
        group: [],
        explanation: null,
        triggeredBy: null,
      }),
      ...more,
    },
  );
  return { ...view, placed };
}

const button = (name: string | RegExp) => screen.findByRole("button", { name });
const field = (name: string) => screen.findByRole("textbox", { name });
const click = async (name: string | RegExp) => fireEvent.click(await button(name));
async function type(name: string, value: string) {
  fireEvent.change(await field(name), { target: { value } });
}

test("[UT10] a limit order: typed, reviewed with its account and mode, sent once, answered", async () => {
  const { placed } = renderTicket([() => anOrder()]);
  fireEvent.change(await screen.findByRole("combobox", { name: "Order type" }), { target: { value: "limit" } });
  await type("Quantity", "1,000");
  await type("Limit price", "187.50");
  await click("Review order");
  await click("Buy 1,000 AAPL · PAPER ···4821");
  expect(await screen.findByText("Working")).toBeDefined();
  expect(placed.map(({ order }) => order)).toEqual([
    {
      symbol: "AAPL",
      side: "buy",
      type: "limit",
      quantity: "1000",
      price: "187.5",
      timeInForce: "day",
      extendedHours: false,
    },
  ]);
});

test("[UT11] after no answer the outcome is called unknown, the ticket is locked, and sending again carries the same key", async () => {
  const { placed } = renderTicket([
    () => {
      throw new Error("socket hang up");
    },
    () => anOrder(),
  ]);
  await type("Quantity", "100");
  await click("Review order");
  await click("Buy 100 AAPL · PAPER ···4821");
  expect(await screen.findByText("It is not known whether the order arrived")).toBeDefined();
  expect((await field("Quantity")).hasAttribute("disabled")).toBe(true);
  await click(/^Send again: Buy 100 AAPL/);
  await screen.findByText("Working");
  expect(new Set(placed.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  expect(placed).toHaveLength(2);
});

test("[UT12] a refusal says what, why and what next; the changed order carries a new key", async () => {
  const { placed } = renderTicket([
    () => {
      throw refusal({
        code: "RISK_LIMIT_EXCEEDED",
        message: "Order value 25,400.00 is above 25,000.00.",
        fix: "Lower the quantity.",
        issues: [{ code: "RISK_LIMIT_EXCEEDED", field: "order.quantity", message: "At most 134 shares.", params: {} }],
      });
    },
    () => anOrder(),
  ]);
  await type("Quantity", "135");
  await click("Review order");
  await click(/^Buy 135 AAPL/);
  expect(await screen.findByText("Order value 25,400.00 is above 25,000.00.")).toBeDefined();
  expect(screen.getByText("Lower the quantity.")).toBeDefined();
  const quantity = await field("Quantity");
  const described = quantity.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toContain("At most 134 shares.");
  await type("Quantity", "134");
  await click("Review order");
  await click(/^Buy 134 AAPL/);
  await screen.findByText("Working");
  expect(new Set(placed.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
});

test("[UT13] a session that ends mid-action leaves the reviewed ticket standing; sent again it has the same key", async () => {
  const { placed, desk } = renderTicket([
    () => {
      throw refusal({ code: "UNAUTHENTICATED", message: "The session has ended." });
    },
    () => anOrder(),
  ]);
  await type("Quantity", "100");
  await click("Review order");
  await click(/^Buy 100 AAPL/);
  await waitFor(() => expect(desk.sessionEnded.get()).toBe(true));
  await click(/^Buy 100 AAPL/);
  await screen.findByText("Working");
  expect(new Set(placed.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
});

test("[UT14] what the broker cannot do is there, disabled, with the reason", async () => {
  renderTicket([]);
  const atTheOpen = await screen.findByRole("option", { name: "At the open (no opening auction here)" });
  expect(atTheOpen.hasAttribute("disabled")).toBe(true);
  expect(
    screen.getByRole("checkbox", { name: "Outside regular hours: regular session only" }).hasAttribute("disabled"),
  ).toBe(true);
});

test("[UT15] an empty ticket is not reviewed, and the field says what it wants", async () => {
  const { placed } = renderTicket([]);
  await click("Review order");
  expect(await screen.findByText("Enter a quantity, such as 100.")).toBeDefined();
  expect((await field("Quantity")).getAttribute("aria-invalid")).toBe("true");
  expect(placed).toEqual([]);
});

test("[UT16] the arrow keys step a price by a tick from the market's, by ten with Shift; Escape leaves the review", async () => {
  renderTicket([]);
  fireEvent.change(await screen.findByRole("combobox", { name: "Order type" }), { target: { value: "limit" } });
  const price = await field("Limit price");
  fireEvent.keyDown(price, { key: "ArrowUp" });
  expect(price).toHaveProperty("value", "187.53");
  fireEvent.keyDown(price, { key: "ArrowDown", shiftKey: true });
  expect(price).toHaveProperty("value", "187.43");
  await type("Quantity", "1");
  await click("Review order");
  fireEvent.keyDown(await button(/^Buy 1 AAPL/), { key: "Escape" });
  expect(await button("Review order")).toBeDefined();
});

test("[UT18] neither a held Enter nor the second half of a double click runs through the review into the sending", async () => {
  const { placed } = renderTicket([]);
  await type("Quantity", "1");
  expect(fireEvent.keyDown(await field("Quantity"), { key: "Enter", repeat: true })).toBe(false);
  await click("Review order");
  fireEvent.click(await button(/^Buy 1 AAPL/), { detail: 2 });
  expect(await button(/^Buy 1 AAPL/)).toBeDefined();
  expect(placed).toEqual([]);
});

test("[UT25] leaving and opening it anew for something else keeps a doubtful ticket, its warning and its key", async () => {
  const { placed } = renderTicket([
    () => {
      throw new Error("socket hang up");
    },
    () => anOrder(),
  ]);
  await type("Quantity", "100");
  await click("Review order");
  await click("Buy 100 AAPL · PAPER ···4821");
  await screen.findByText("It is not known whether the order arrived");
  await click("Open for a sale");
  expect(await screen.findByText("It is not known whether the order arrived")).toBeDefined();
  await click(/^Send again: Buy 100 AAPL/);
  await screen.findByText("Working");
  expect(placed.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
    placed[0]?.idempotencyKey,
    placed[0]?.idempotencyKey,
  ]);
});

test("[UT26] an order that fails while its screen is left is told of in a toast, and the ticket stands as it was sent", async () => {
  let fail: (error: Error) => void = () => undefined;
  const { desk } = renderTicket([() => new Promise((_resolve, reject) => (fail = reject))]);
  await type("Quantity", "100");
  await click("Review order");
  await click("Buy 100 AAPL · PAPER ···4821");
  await screen.findByText("Sending…");
  await click("Go elsewhere");
  fail(refusal({ code: "NOT_CONNECTED", message: "The connection is down.", fix: "Connect it." }));
  await waitFor(() =>
    expect(desk.toasts.shown.get()).toMatchObject([
      {
        tone: "bad",
        sticky: true,
        title: "Buy 100 AAPL was not placed",
        detail: "The connection is down. Connect it.",
      },
    ]),
  );
  await click("Open for a sale");
  expect(await screen.findByText("The connection is down.")).toBeDefined();
  expect(await field("Quantity")).toHaveProperty("value", "100");
});

test("[UT27] a ticket that was only begun is not carried over into another purpose", async () => {
  renderTicket([]);
  await type("Quantity", "100");
  await click("Open for a sale");
  expect(await field("Quantity")).toHaveProperty("value", "");
  expect(await screen.findByRole("radio", { name: "Sell", checked: true })).toBeDefined();
});

test("[UT57] the order carries the token of the preview that was looked at", async () => {
  const { placed, clock } = renderTicket([]);
  await type("Quantity", "100");
  await act(async () => clock.advance(250));
  await screen.findByText("$18,752.00");
  await click("Review order");
  await click("Buy 100 AAPL · PAPER ···4821");
  await screen.findByText("Working");
  expect(placed.map(({ previewToken }) => previewToken)).toEqual(["token-1"]);
});

test("[UT58] an outdated preview is fetched anew and the question asked again; only then it can be sent, under its key", async () => {
  let previews = 0;
  let tellNext: (() => void) | undefined;
  const { placed, clock } = renderTicket(
    [
      () => {
        throw refusal({ code: "PREVIEW_OUTDATED", message: "The preview is 61 s old." });
      },
      () => anOrder(),
    ],
    {
      "orders.preview": () => {
        previews += 1;
        const answer = { ...preview, token: `token-${previews}` };
        return previews === 1 ? answer : new Promise((resolve) => (tellNext = () => resolve(answer)));
      },
    },
  );
  await type("Quantity", "100");
  await act(async () => clock.advance(250));
  await screen.findByText("$18,752.00");
  await click("Review order");
  await click("Buy 100 AAPL · PAPER ···4821");
  await screen.findByText(/^Nothing was placed: the preview was too old\. A new one is fetched/);
  await click("Buy 100 AAPL · PAPER ···4821");
  expect(placed).toHaveLength(1);
  await act(async () => tellNext?.());
  await screen.findByText(/This is a new one: look at it, then send\./);
  await click("Buy 100 AAPL · PAPER ···4821");
  await screen.findByText("Working");
  expect(placed.map(({ previewToken }) => previewToken)).toEqual(["token-1", "token-2"]);
  expect(new Set(placed.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
});

test("[UT60] beside an order of unknown outcome one is sent only as meant, and a change takes that back", async () => {
  const issue = {
    code: "RISK_LIMIT_EXCEEDED",
    rule: "unknown_outcome",
    field: null,
    message: "What became of 1 order to buy 100 AAPL is not known yet.",
    params: {},
  };
  const { placed, clock } = renderTicket([], {
    "orders.preview": (input) => ({ ...preview, issues: hasAcknowledged(input) ? [] : [issue] }),
  });
  const meant = () => screen.findByRole("checkbox", { name: /mean this one beside it/ });
  await type("Quantity", "100");
  await act(async () => clock.advance(250));
  fireEvent.click(await meant());
  await waitFor(() => expect(screen.queryByText(/is not known yet/)).toBeNull());
  await type("Quantity", "101");
  await act(async () => clock.advance(250));
  expect(await meant()).toHaveProperty("checked", false);
  fireEvent.click(await meant());
  await click("Review order");
  await click(/^Buy 101 AAPL/);
  await screen.findByText("Working");
  expect(placed.map(({ acknowledgesUnknown }) => acknowledgesUnknown)).toEqual([true]);
});

test.each([true, false])("[UT59] orders that go to a simulator say so on their ticket (%s)", async (isSimulator) => {
  renderDesk(
    <OrdersMemoryProvider>
      <OrderTicket
        account={account}
        instrument={instrument}
        capabilities={capabilities}
        start={{}}
        referencePrice="187.52"
        held="0"
        isSimulator={isSimulator}
      />
    </OrdersMemoryProvider>,
    { "orders.preview": () => preview },
  );
  await button("Review order");
  expect(screen.queryByText("Simulator") !== null).toBe(isSimulator);
});
