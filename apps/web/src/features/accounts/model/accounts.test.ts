import { expect, test } from "vitest";
import { account } from "../../../testing/builders.ts";
import { chooseAccount } from "./chooseAccount.ts";

test("[UA1] the chosen account holds while it exists; real money is never chosen by default", () => {
  const live = { ...account, id: "live-1", mode: "live" } as const;
  expect(chooseAccount([live, account], "live-1")).toBe(live);
  expect(chooseAccount([live, account], "gone")).toBe(account);
  expect(chooseAccount([live], null)).toBe(live);
  expect(chooseAccount([], null)).toBeUndefined();
});
