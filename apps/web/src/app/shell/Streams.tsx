import type { AccountView } from "@trenddojo/server/wire";
import { useFollowAccountEvents } from "../../features/accounts/api/followAccountEvents.ts";
import { useKeepAlertsFresh } from "../../features/alerts/api/keepAlertsFresh.ts";
import { useKeepPortfolioFresh } from "../../features/accounts/api/keepPortfolioFresh.ts";
import { useKeepConnectionsFresh } from "../../features/broker-connections/api/keepConnectionsFresh.ts";
import { useKeepTradingStateFresh } from "../../features/kill-switch/api/keepTradingStateFresh.ts";
import { useFollowOrderEvents } from "../../features/orders/api/followOrderEvents.ts";

/** The page's streams of state, held open once for all screens. */
export function Streams({ accounts }: { readonly accounts: readonly AccountView[] }) {
  useFollowOrderEvents();
  useKeepConnectionsFresh();
  useKeepTradingStateFresh();
  useKeepAlertsFresh();
  return accounts.map((account) => <AccountStreams key={account.id} accountId={account.id} />);
}

function AccountStreams({ accountId }: { readonly accountId: string }) {
  useKeepPortfolioFresh(accountId);
  useFollowAccountEvents(accountId);
  return null;
}
