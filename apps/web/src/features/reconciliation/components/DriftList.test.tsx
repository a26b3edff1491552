import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { account, aDrift } from "../../../testing/builders.ts";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import { DriftList } from "./DriftList.tsx";

test("[UN4] a difference shows both sides, its cause, what was done, how often it was seen, and its evidence", async () => {
  const drift = aDrift({ timesSeen: 3, seenAt: "2026-11-23T14:59:57.000Z", evidence: { brokerQuantity: "140" } });
  renderDesk(<DriftList filter="all" accounts={[account]} />, {
    "drifts.list": () => ({ drifts: [drift], nextCursor: null }),
  });
  const row = within(await screen.findByRole("listitem"));
  for (const text of ["Open", "Position", "AAPL", "100 shares", "140 shares", "Nobody here traded it", "140"])
    expect(row.getByText(text)).toBeDefined();
  expect(row.getByText(/seen 3 times, last/).textContent).toContain("3 s ago");
  expect(row.getByText("Paper ···4821")).toBeDefined();
});

test("[UN5] an open one is resolved with a note; a refusal is shown and the note is kept", async () => {
  const asked: unknown[] = [];
  const answers = [
    () => {
      throw refusal({ code: "NOT_FOUND", message: "There is no such difference." });
    },
    () => aDrift({ resolvedAt: "2026-11-23T15:00:05.000Z", note: "Bought by phone." }),
  ];
  renderDesk(<DriftList filter="open" accounts={[account]} />, {
    "drifts.list": () => ({ drifts: asked.length > 1 ? [] : [aDrift()], nextCursor: null }),
    "drifts.resolve": (input) => answers[asked.push(input) - 1]?.(),
    "brokers.list": () => [],
  });
  fireEvent.click(await screen.findByRole("button", { name: "Resolve: Position AAPL" }));
  const note = screen.getByRole("textbox", { name: "What you found, and why it is settled" });
  fireEvent.change(note, { target: { value: "  Bought by phone. " } });
  fireEvent.click(screen.getByRole("button", { name: "Resolve it" }));
  expect(await screen.findByText("There is no such difference.")).toBeDefined();
  expect(note).toHaveProperty("value", "  Bought by phone. ");
  fireEvent.click(screen.getByRole("button", { name: "Resolve it" }));
  expect(await screen.findByText("No difference waits for a person")).toBeDefined();
  expect(asked).toEqual(Array.from({ length: 2 }, () => ({ driftId: "drift-1", note: "Bought by phone." })));
});

test("[UN6] what is resolved cannot be resolved again", async () => {
  renderDesk(<DriftList filter="resolved" accounts={[]} />, {
    "drifts.list": () => ({
      drifts: [aDrift({ resolvedAt: "2026-11-23T15:00:00.000Z", note: "Bought by phone." })],
      nextCursor: null,
    }),
  });
  expect(await screen.findByText("“Bought by phone.”")).toBeDefined();
  expect(screen.getByText("an account that is gone")).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
});
