import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import { WatchlistTable } from "./WatchlistTable.tsx";

test("[UW4] a symbol that is not traded here is called unknown and can be removed", async () => {
  const saved: unknown[] = [];
  const { clock } = renderDesk(<WatchlistTable connectionId="connection-1" />, {
    "marketData.watchlist": () => ["NOPE"],
    "marketData.instrument": () => {
      throw refusal({ code: "SYMBOL_NOT_FOUND" });
    },
    "marketData.setWatchlist": (input) => {
      saved.push(input);
      return [];
    },
  });
  await screen.findByRole("link", { name: "NOPE" });
  expect(screen.queryByText("unknown symbol")).toBeNull();
  act(() => clock.advance(4_000));
  await screen.findByText("unknown symbol");
  fireEvent.click(screen.getByRole("button", { name: "Remove the unknown NOPE" }));
  await screen.findByText("Nothing is watched yet");
  expect(saved).toEqual([{ symbols: [] }]);
});
