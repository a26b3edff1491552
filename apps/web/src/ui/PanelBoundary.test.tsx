import { useSuspenseQuery } from "@tanstack/react-query";
import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { useTRPC } from "../lib/trpcClient.ts";
import { refusal, renderDesk } from "../testing/renderDesk.tsx";
import { Panel } from "./Panel.tsx";

function Symbols() {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.marketData.watchlist.queryOptions());
  return <p>{data.join(", ")}</p>;
}

test("[UE3] a panel that fails says why and can be tried again, and its neighbour is not touched", async () => {
  let broken = true;
  renderDesk(
    <>
      <Panel title="Symbols">
        <Symbols />
      </Panel>
      <Panel title="Other">
        <p>still here</p>
      </Panel>
    </>,
    {
      "marketData.watchlist": () => {
        if (broken)
          throw refusal({
            code: "NOT_CONNECTED",
            message: "The connection is down.",
            fix: "Connect it.",
            requestId: "request-9",
          });
        return ["AAPL", "MSFT"];
      },
    },
  );
  expect((await screen.findByRole("alert")).textContent).toMatch(
    /The connection is down.*Connect it.*NOT_CONNECTED.*request-9/,
  );
  expect(screen.getByText("still here")).toBeDefined();
  broken = false;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("AAPL, MSFT")).toBeDefined();
});

test("[UE5] a panel that failed for the want of a connection comes back with it, by itself", async () => {
  let broken = true;
  const { desk } = renderDesk(
    <Panel title="Symbols">
      <Symbols />
    </Panel>,
    {
      "marketData.watchlist": () => {
        if (broken) throw refusal({ code: "NOT_CONNECTED", message: "The connection is down." });
        return ["AAPL"];
      },
    },
  );
  await screen.findByText("The connection is down.");
  broken = false;
  act(() => desk.recoveries.set(1));
  expect(await screen.findByText("AAPL")).toBeDefined();
});
