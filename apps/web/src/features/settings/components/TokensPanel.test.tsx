import { fireEvent, screen } from "@testing-library/react";
import type { TokenView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { fakeClock } from "../../../testing/fakeClock.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { TokensPanel } from "./TokensPanel.tsx";

const now = fakeClock().now();
const at = (ms: number): string => new Date(now + ms).toISOString();
const BOT: TokenView = {
  id: "t1",
  name: "bot",
  ending: "x9_Z",
  scope: "paper",
  createdAt: at(0),
  expiresAt: at(86_400_000),
  lastUsedAt: null,
};
const SECRET = "tdj_shown-this-once";

test("[PK1] a token is made with its scope and days, shown this once, listed by its last four characters, and revoked", async () => {
  const asked: unknown[] = [];
  let held: TokenView[] = [];
  renderDesk(<TokensPanel personRole="trader" />, {
    "tokens.list": () => held,
    "tokens.create": (input) => {
      asked.push(input);
      held = [BOT];
      return { ...BOT, token: SECRET };
    },
    "tokens.revoke": (input) => {
      asked.push(input);
      held = [];
      return {};
    },
  });
  fireEvent.change(await screen.findByLabelText("Name of the program"), { target: { value: "bot" } });
  fireEvent.change(screen.getByLabelText("It may"), { target: { value: "paper" } });
  fireEvent.change(screen.getByLabelText("It holds for"), { target: { value: "7" } });
  fireEvent.click(screen.getByRole("button", { name: "Make a token" }));
  expect(await screen.findByDisplayValue(SECRET)).toBeDefined();
  const revoke = await screen.findByRole("button", { name: "Revoke the token of bot" });
  expect(revoke.closest("li")?.textContent).toMatch(/^bot…x9_ZRead, and orders on paper accounts.*never used/);
  fireEvent.click(revoke);
  await expect.poll(() => screen.queryByText("bot")).toBeNull();
  expect(screen.queryByDisplayValue(SECRET)).toBeNull();
  expect(asked).toEqual([{ name: "bot", scope: "paper", days: 7 }, { id: "t1" }]);
});

test("[PK2] nobody is offered a scope above their role", async () => {
  renderDesk(<TokensPanel personRole="viewer" />, { "tokens.list": () => [] });
  const offered = [...(await screen.findByLabelText("It may")).querySelectorAll("option")];
  expect(offered.map(({ value }) => value)).toEqual(["read"]);
});
