import type { AccountView } from "@trenddojo/server/wire";
import { useKeepPortfolioFresh } from "../../features/accounts/api/keepPortfolioFresh.ts";
import { useKeepConnectionsFresh } from "../../features/broker-connections/api/keepConnectionsFresh.ts";
import { useFollowOrderEvents } from "../../features/orders/api/followOrderEvents.ts";

/** The page's streams of state, held open once for all screens. */
export function Streams({ accounts }: { readonly accounts: readonly AccountView[] }) {
  useFollowOrderEvents();
  useKeepConnectionsFresh();
  return accounts.map((account) => <PortfolioStream key={account.id} accountId={account.id} />);
}

function PortfolioStream({ accountId }: { readonly accountId: string }) {
  useKeepPortfolioFresh(accountId);
  return null;
}
