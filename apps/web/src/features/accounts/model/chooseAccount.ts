import type { AccountView } from "@trenddojo/server/wire";

/** The account that was chosen, where it still exists, else the first that is not real money, else the first. */
export function chooseAccount(accounts: readonly AccountView[], chosenId: string | null): AccountView | undefined {
  return (
    accounts.find((account) => account.id === chosenId) ??
    accounts.find((account) => account.mode !== "live") ??
    accounts[0]
  );
}
