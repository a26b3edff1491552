import type { UserView } from "@trenddojo/server/wire";
import { useAccounts } from "../../features/accounts/api/listAccounts.ts";
import { chooseAccount } from "../../features/accounts/model/chooseAccount.ts";
import { OrdersMemoryProvider } from "../../features/orders/components/OrdersMemory.tsx";
import { usePreferences } from "../../lib/desk.ts";
import { ReadOnlyContext, readOnlyReason } from "../../lib/readOnly.ts";
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
        <OrdersMemoryProvider>
          <ChosenDesk user={user} />
        </OrdersMemoryProvider>
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
    <ReadOnlyContext value={readOnlyReason(user.role)}>
      <Streams accounts={accounts} />
      {account === undefined ? (
        <WithoutAccount />
      ) : (
        <ShellContext value={{ user, accounts, account }}>
          <DeskFrame />
        </ShellContext>
      )}
    </ReadOnlyContext>
  );
}
