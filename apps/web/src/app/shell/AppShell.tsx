import type { UserView } from "@trenddojo/server/wire";
import { useAccounts } from "../../features/accounts/api/listAccounts.ts";
import { chooseAccount } from "../../features/accounts/model/chooseAccount.ts";
import { usePreferences } from "../../lib/desk.ts";
import { PanelBoundary } from "../../ui/PanelBoundary.tsx";
import { ToastStack } from "../../ui/ToastStack.tsx";
import { ShellContext } from "./ShellContext.ts";
import { DeskFrame } from "./DeskFrame.tsx";
import { Streams } from "./Streams.tsx";
import { WithoutAccount } from "./WithoutAccount.tsx";

/** The desk of one signed-in person. */
export function AppShell({ user }: { readonly user: UserView }) {
  return (
    <>
      <PanelBoundary name="The desk">
        <ChosenDesk user={user} />
      </PanelBoundary>
      <ToastStack />
    </>
  );
}

function ChosenDesk({ user }: { readonly user: UserView }) {
  const [{ accountId }] = usePreferences();
  const accounts = useAccounts();
  const account = chooseAccount(accounts, accountId);
  return (
    <>
      <Streams accounts={accounts} />
      {account === undefined ? (
        <WithoutAccount />
      ) : (
        <ShellContext value={{ user, accounts, account }}>
          <DeskFrame />
        </ShellContext>
      )}
    </>
  );
}
