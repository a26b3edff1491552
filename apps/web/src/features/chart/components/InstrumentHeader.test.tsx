import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { account, aTuple, instrument } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { InstrumentHeader } from "./InstrumentHeader.tsx";

test("[UH1] an instrument that is paused says so beside its price, since when and why, until it trades again", async () => {
  const { clock, desk, paint } = renderDesk(
    <InstrumentHeader instrument={instrument} connectionId={account.connectionId}>
      {null}
    </InstrumentHeader>,
  );
  await screen.findByRole("heading", { name: "AAPL" });
  const tell = (halted: boolean) =>
    act(() => {
      const tuple = aTuple("AAPL", 187.52, clock.now());
      if (halted) tuple.push({ status: "paused", since: Date.UTC(2026, 10, 23, 14, 59), reason: "limit up" });
      desk.quotes.apply(account.connectionId, { sequence: 1, at: clock.now(), quotes: [tuple] }, clock.monotonic());
      paint();
    });
  tell(true);
  expect(screen.getByText(/^Paused since/).textContent).toBe("Paused since 09:59:00: limit up");
  tell(false);
  expect(screen.getByText("187.52")).toBeDefined();
  expect(screen.queryByText(/^Paused/)).toBeNull();
});
