import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fakeClock } from "../../../testing/fakeClock.ts";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import { PasskeysPanel } from "./PasskeysPanel.tsx";

const LAPTOP = {
  id: "k1",
  name: "Laptop",
  site: "desk.example",
  createdAt: new Date(fakeClock().now()).toISOString(),
  lastUsedAt: null,
};
const factors = (passkeys: number) => ({ app: false, passkeys, recoveryCodes: passkeys === 0 ? 0 : 7 });
const OPTIONS = {
  rp: { id: "desk.example", name: "TrendDojo" },
  user: { id: "YWRh", name: "ada", displayName: "ada" },
  challenge: "AAAA",
  pubKeyCredParams: [],
  timeout: 60_000,
  excludeCredentials: [],
  authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  attestation: "none",
};

test("[PK5] without a passkey the screen says what the first one changes; with one, what is left and each one's site and use", async () => {
  const { unmount } = renderDesk(<PasskeysPanel />, { "passkeys.list": () => [], "factors.read": () => factors(0) });
  expect(await screen.findByText(/From the first one on your password alone does not/)).toBeDefined();
  expect(screen.queryAllByRole("listitem")).toEqual([]);
  unmount();
  renderDesk(<PasskeysPanel />, { "passkeys.list": () => [LAPTOP], "factors.read": () => factors(1) });
  expect(await screen.findByText(/7 of 10 recovery codes are left/)).toBeDefined();
  expect(screen.getByRole("listitem").textContent).toMatch(/^Laptopdesk\.example.*never used/);
});

test("[PK6] a browser that has no passkeys at this address says so in words, and nothing is registered", async () => {
  const asked: string[] = [];
  renderDesk(<PasskeysPanel />, {
    "passkeys.list": () => [],
    "factors.read": () => factors(0),
    "passkeys.beginRegistration": () => {
      asked.push("begin");
      return OPTIONS;
    },
    "passkeys.register": () => {
      asked.push("register");
      return { ...LAPTOP, recoveryCodes: [] };
    },
  });
  fireEvent.change(await screen.findByLabelText("Name of the passkey"), { target: { value: "Laptop" } });
  fireEvent.click(screen.getByRole("button", { name: "Add a passkey" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe(
    "This browser has no passkeys at this address: open the desk by https, or as localhost.",
  );
  expect(asked).toEqual(["begin"]);
  // What was typed is there for the next try.
  expect(screen.getByLabelText("Name of the passkey")).toHaveProperty("value", "Laptop");
});

test("[PK7] one that is removed goes from the list; one whose removal is refused stays, with the reason", async () => {
  let held = [LAPTOP];
  let isRefused = true;
  renderDesk(<PasskeysPanel />, {
    "passkeys.list": () => held,
    "factors.read": () => factors(held.length),
    "passkeys.remove": () => {
      if (isRefused) throw refusal({ code: "STEP_UP_REQUIRED", message: "Prove that it is you first." });
      held = [];
      return {};
    },
  });
  const remove = await screen.findByRole("button", { name: "Remove the passkey Laptop" });
  fireEvent.click(remove);
  expect((await screen.findByRole("alert")).textContent).toContain("Prove that it is you first.");
  expect(screen.getByText("Laptop")).toBeDefined();
  isRefused = false;
  fireEvent.click(remove);
  await expect.poll(() => screen.queryByText("Laptop")).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
});
