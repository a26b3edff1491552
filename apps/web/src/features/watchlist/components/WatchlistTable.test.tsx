import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { WatchlistTable } from "./WatchlistTable.tsx";

test("[UW4] a symbol that is not traded here is called unknown and can be removed", async () => {
  const saved: unknown[] = [];
  const { desk, clock, paint } = renderDesk(<WatchlistTable connectionId="connection-1" />, {
    "marketData.watchlist": () => ["NOPE"],
    "marketData.setWatchlist": (input) => {
      saved.push(input);
      return [];
    },
  });
  await screen.findByRole("link", { name: "NOPE" });
  expect(screen.queryByText("unknown symbol")).toBeNull();
  act(() => {
    const absent = [["NOPE", "unknown_symbol"]] as const;
    desk.quotes.apply("connection-1", { sequence: 0, at: 1_000, quotes: [], absent }, clock.monotonic());
    paint();
  });
  await screen.findByText("unknown symbol");
  fireEvent.click(screen.getByRole("button", { name: "Remove the unknown NOPE" }));
  await screen.findByText("Nothing is watched yet");
  expect(saved).toEqual([{ symbols: [] }]);
});
