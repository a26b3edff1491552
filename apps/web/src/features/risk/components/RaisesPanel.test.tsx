import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { aPolicy } from "../../../testing/builders.ts";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import { RaisesPanel } from "./RaisesPanel.tsx";

const raise = {
  id: "raise-1",
  field: "maxOrderValue",
  before: "25000",
  raisedTo: "50000",
  grantedAt: "2026-11-23T15:00:00.000Z",
  grantedBy: "ada",
  until: "2026-11-23T15:10:00.000Z",
  endedAt: null,
} as const;

test("[UL8] a raise counts down to the second, and is gone when its time is over", async () => {
  const { clock } = renderDesk(<RaisesPanel accountId="account-1" />, {
    "risk.policy": () => aPolicy({ raises: [raise] }),
  });
  expect((await screen.findByText(/^Ends in/)).textContent).toContain("10 min 00 s");
  await act(async () => clock.advance(65_000));
  expect(screen.getByText(/^Ends in/).textContent).toContain("8 min 55 s");
  await act(async () => clock.advance(536_000));
  expect(screen.getByText("No limit is raised.")).toBeDefined();
});

test("[UL9] it can be ended before its time", async () => {
  const asked: unknown[] = [];
  renderDesk(<RaisesPanel accountId="account-1" />, {
    "risk.policy": () => aPolicy({ raises: asked.length === 0 ? [raise] : [] }),
    "risk.endRaise": (input) => {
      asked.push(input);
      return aPolicy();
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "End now: Largest order value" }));
  expect(await screen.findByText("No limit is raised.")).toBeDefined();
  expect(asked).toEqual([{ raiseId: "raise-1" }]);
});

test("[UL10] a raise is refused at its fields with their numbers: here before it is sent, and by the desk", async () => {
  const asked: unknown[] = [];
  renderDesk(<RaisesPanel accountId="account-1" />, {
    "risk.policy": () => aPolicy(),
    "risk.raise": (input) => {
      asked.push(input);
      throw refusal({
        code: "INVALID_INPUT",
        message: "That is too high.",
        issues: [{ code: "INVALID_INPUT", field: "raisedTo", message: "At most 40,000.", params: {} }],
      });
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: /^Raise a limit/ }));
  const value = screen.getByRole("textbox", { name: "Raise to" });
  const describedBy = () => document.getElementById(value.getAttribute("aria-describedby")?.split(" ").at(-1) ?? "");
  fireEvent.change(value, { target: { value: "25000" } });
  fireEvent.click(screen.getByRole("button", { name: "Raise it" }));
  expect(describedBy()?.textContent).toContain("Enter more than the $25,000 that holds now.");
  expect(asked).toEqual([]);
  fireEvent.change(value, { target: { value: "50000" } });
  fireEvent.click(screen.getByRole("button", { name: "Raise it" }));
  await screen.findByText("At most 40,000.");
  expect(describedBy()?.textContent).toContain("At most 40,000.");
  expect(asked).toEqual([{ accountId: "account-1", field: "maxOrderValue", raisedTo: "50000", minutes: 30 }]);
});
