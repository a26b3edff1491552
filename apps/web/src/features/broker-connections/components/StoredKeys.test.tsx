import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { aConnection } from "../../../testing/builders.ts";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import { StoredKeys } from "./StoredKeys.tsx";

const keyed = { broker: "alpaca", brokerName: "Alpaca", label: "Alpaca", credentialHints: { secretKey: "wxyz" } };
const setAt = { credentialsSetAt: "2026-08-01T09:00:00.000Z" };
const OLD = /The keys are 90 days old or more/;
const card = () => [
  {
    key: "alpaca",
    name: "Alpaca",
    summary: "A broker",
    modes: ["paper"],
    live: null,
    canBeProbed: false,
    capabilities: {},
    credentialFields: [{ name: "secretKey", label: "API secret key", kind: "secret", required: true }],
  },
];

test("[KR1] a connection without keys offers no new ones", async () => {
  renderDesk(
    <>
      <StoredKeys connection={aConnection()} />
      <p>beside it</p>
    </>,
  );
  await screen.findByText("beside it");
  expect(screen.queryByRole("button")).toBeNull();
});

test.each([true, false])(
  "[KR2] keys tell how they end and since when they are, and a warning when they are old (%s)",
  async (old) => {
    renderDesk(<StoredKeys connection={aConnection({ ...keyed, ...setAt, credentialsAreOld: old })} />);
    expect((await screen.findByText(/^Keys set on/)).textContent).toContain("2026");
    expect(screen.getByText("…wxyz")).toBeDefined();
    expect(screen.queryByText(OLD) !== null).toBe(old);
  },
);

test("[KR3] keys that the vault cannot open say so with its code, and the form is one press away", async () => {
  renderDesk(<StoredKeys connection={aConnection({ ...keyed, ...setAt, credentialFault: "NOT_AUTHENTIC" })} />, {
    "brokers.catalog": card,
  });
  const notice = await screen.findByRole("alert");
  expect(notice.textContent).toBe("The keys cannot be opened: enter them again. VAULT NOT_AUTHENTIC");
  fireEvent.click(screen.getByRole("button", { name: "Replace keys… Alpaca" }));
  expect(await screen.findByLabelText("API secret key")).toBeDefined();
});

test("[KR4] what is missing or refused is said at its field, and what came of it names what was proven", async () => {
  const asked: unknown[] = [];
  const answer = { ...aConnection({ ...keyed, ...setAt }) };
  const issue = { code: "INVALID_INPUT", field: "credentials.secretKey", message: "is too short", params: {} } as const;
  renderDesk(<StoredKeys connection={answer} />, {
    "brokers.catalog": card,
    "brokers.list": () => [answer],
    "brokers.replaceCredentials": (input) => {
      if (asked.push(input) === 1) throw refusal({ code: "INVALID_INPUT", message: "No.", issues: [issue] });
      return { ...answer, checks: [{ name: "account", label: "Account number", state: "passed", value: "PA1" }] };
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Replace keys… Alpaca" }));
  const form = within(await screen.findByRole("dialog"));
  fireEvent.click(form.getByRole("button", { name: "Test and replace" }));
  expect(form.getByText("Enter the api secret key.")).toBeDefined();
  expect(asked).toEqual([]);
  fireEvent.change(form.getByLabelText("API secret key"), { target: { value: "new" } });
  fireEvent.click(form.getByRole("button", { name: "Test and replace" }));
  await screen.findAllByText("is too short");
  expect(form.getByLabelText("API secret key").getAttribute("aria-invalid")).toBe("true");
  fireEvent.click(form.getByRole("button", { name: "Test and replace" }));
  const proven = await screen.findByRole("dialog", { name: "Alpaca has new keys" });
  expect(within(proven).getByText("PA1")).toBeDefined();
  expect(asked).toEqual(Array(2).fill({ connectionId: "connection-1", credentials: { secretKey: "new" } }));
});
