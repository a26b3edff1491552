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

test("[UW9] of two changes one after the other none is lost, and neither answer takes back what is shown", async () => {
  const saved: { readonly input: unknown; readonly answer: (symbols: readonly string[]) => void }[] = [];
  const { queryClient } = renderDesk(<WatchlistTable connectionId="connection-1" />, {
    "marketData.watchlist": () => ["A", "B", "C"],
    "marketData.setWatchlist": (input) => new Promise((answer) => saved.push({ input, answer })),
  });
  const shown = () => screen.getAllByRole("link").map(({ textContent }) => textContent);
  const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
  await screen.findByRole("link", { name: "A" });
  press("Remove A");
  await expect.poll(shown).toEqual(["B", "C"]);
  press("Move B down");
  await expect.poll(shown).toEqual(["C", "B"]);
  expect(
    saved.map(({ input }) => input),
    "the second waits for the first",
  ).toEqual([{ symbols: ["B", "C"] }]);
  saved[0]?.answer(["B", "C"]);
  await expect.poll(() => saved.length).toBe(2);
  expect(shown()).toEqual(["C", "B"]);
  saved[1]?.answer(["C", "B"]);
  await expect.poll(() => queryClient.isMutating()).toBe(0);
  expect(saved.map(({ input }) => input)).toEqual([{ symbols: ["B", "C"] }, { symbols: ["C", "B"] }]);
  expect(shown()).toEqual(["C", "B"]);
});
