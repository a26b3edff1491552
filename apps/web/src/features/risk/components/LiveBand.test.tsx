import { fireEvent, screen, within } from "@testing-library/react";
import type { LiveStateView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { aPolicy } from "../../../testing/builders.ts";
import { fakeClock } from "../../../testing/fakeClock.ts";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import { LiveBand } from "./LiveBand.tsx";

const ACCOUNT = { accountId: "live-1", label: "Real", venueAccountId: "U7654821" } as const;
const now = fakeClock().now();
const inMs = (ms: number): string => new Date(now + ms).toISOString();

const stateOf = (
  armed: LiveStateView["accounts"][number]["armed"],
  obstacle: LiveStateView["obstacle"] = null,
): LiveStateView => ({ accounts: [{ ...ACCOUNT, armed }], obstacle });
const ARMED = { isHere: true, endsAt: inMs(900_000), idleAt: inMs(300_000) } as const;
const show = (state: LiveStateView, chosenId: string, more = {}) =>
  renderDesk(<LiveBand chosenId={chosenId} />, {
    "live.state": () => state,
    "live.states": () => state,
    "risk.policy": () => aPolicy(),
    ...more,
  });
const line = async () => within(await screen.findByRole("region", { name: "Live trading, Real ···4821" }));

test("[AL3] armed, the band says so in words, whose it is, and both times that are left; disarming is one press", async () => {
  const disarmed: unknown[] = [];
  let state = stateOf(ARMED);
  const tell = () => state;
  show(state, "paper-1", {
    // A stream that comes late tells how things are then.
    "live.state": tell,
    "live.states": tell,
    "live.disarm": (input: unknown) => {
      disarmed.push(input);
      return (state = stateOf(null));
    },
  });
  const band = await line();
  expect(band.getByText("LIVE")).toBeDefined();
  expect(band.getByText(/^ARMED$/).parentElement?.textContent).toBe(
    "ARMED here, for 15 min 00 s; without an order for 5 min 00 s.",
  );
  expect(band.queryByRole("button", { name: /^Arm/ })).toBeNull();
  fireEvent.click(band.getByRole("button", { name: "Disarm Real ···4821" }));
  // Another account is chosen: what is disarmed is over.
  await expect.poll(() => screen.queryByRole("region", { name: /^Live trading/ })).toBeNull();
  expect(disarmed).toEqual([{ accountId: "live-1" }]);
});

test("[AL4] arming wants the limits looked at and the end of the number; what the desk refuses stands beside it", async () => {
  const asked: unknown[] = [];
  show(stateOf(null), "live-1", {
    "live.arm": (input: unknown) => {
      asked.push(input);
      throw refusal({
        code: "INVALID_INPUT",
        issues: [{ code: "INVALID_INPUT", field: "suffix", message: "Not these.", params: {} }],
      });
    },
  });
  const band = await line();
  expect(band.getByText("Disarmed: no order goes. Cancels pass.")).toBeDefined();
  fireEvent.click(band.getByRole("button", { name: "Arm Real ···4821" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Arm live trading: Real" }));
  expect(dialog.getByText("Largest order value").nextSibling?.textContent).toMatch(/^\$/);
  const arm = dialog.getByRole("button", { name: "Arm Real · LIVE ···4821" });
  expect(arm).toHaveProperty("disabled", true);
  fireEvent.click(dialog.getByRole("checkbox"));
  expect(arm).toHaveProperty("disabled", true);
  fireEvent.change(dialog.getByLabelText(/^Last 4 characters/), { target: { value: "4820" } });
  fireEvent.click(arm);
  expect(await dialog.findByText("Not these.")).toBeDefined();
  expect(asked).toEqual([{ accountId: "live-1", suffix: "4820", reviewedLimits: aPolicy().effective }]);
});

test("[AL5] what keeps it from being armed is said, and the button waits", async () => {
  const obstacle = { code: "LIVE_UNAVAILABLE", message: "Enrol a second factor first.", fix: "Do it." } as const;
  show(stateOf(null, obstacle), "live-1");
  const band = await line();
  expect(band.getByText("Enrol a second factor first.")).toBeDefined();
  expect(band.getByRole("button", { name: /^Arm/ })).toHaveProperty("disabled", true);
});

test("[AL5] with paper chosen and nothing armed there is no band", async () => {
  const { queryClient } = show(stateOf(null), "paper-1");
  await expect.poll(() => queryClient.getQueryCache().getAll().length).toBeGreaterThan(0);
  await expect.poll(() => queryClient.isFetching()).toBe(0);
  expect(screen.queryByRole("region", { name: /^Live trading/ })).toBeNull();
});
