import { useNavigate } from "@tanstack/react-router";
import { CircleQuestionMark, LogOut } from "lucide-react";
import { Suspense } from "react";
import type { RefObject } from "react";
import { AccountSwitcher } from "../../features/accounts/components/AccountSwitcher.tsx";
import { AlertBell } from "../../features/alerts/components/AlertBell.tsx";
import { useSignOut } from "../../features/auth/api/signOut.ts";
import { useSimulatedConnections } from "../../features/broker-connections/api/simulatedConnections.ts";
import { KillSwitch } from "../../features/kill-switch/components/KillSwitch.tsx";
import { InstrumentSearch } from "../../features/watchlist/components/InstrumentSearch.tsx";
import { Button } from "../../ui/Button.tsx";
import { PanelBoundary } from "../../ui/PanelBoundary.tsx";
import { useShell } from "./ShellContext.ts";
import { StatusPill } from "./StatusPill.tsx";

interface TopBarProps {
  readonly searchInput: RefObject<HTMLInputElement | null>;
  readonly onHelp: () => void;
}

export function TopBar({ searchInput, onHelp }: TopBarProps) {
  const { user, accounts, account } = useShell();
  const simulated = useSimulatedConnections();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-panel px-3 py-2">
      <span className="hidden items-center gap-2 font-semibold tracking-tight sm:flex">
        <img src="/icon.svg" alt="" width={22} height={22} />
        <span className="hidden xl:inline">TrendDojo</span>
      </span>
      <div className="order-last w-full md:order-none md:w-72">
        <InstrumentSearch
          connectionId={account.connectionId}
          label="Search instruments"
          placeholder="Search symbol or name   /"
          inputRef={searchInput}
          onChoose={(symbol) => {
            searchInput.current?.blur();
            void navigate({ to: "/instruments/$symbol", params: { symbol } });
          }}
        />
      </div>
      <div className="ml-auto flex min-w-0 items-center gap-2">
        <AccountSwitcher accounts={accounts} chosen={account} simulated={simulated} />
        <PanelBoundary name="Connections">
          <Suspense fallback={<span className="h-8 min-w-8 rounded-full border border-line" />}>
            <StatusPill />
          </Suspense>
        </PanelBoundary>
        <AlertBell />
        <KillSwitch compact />
        <Button
          tone="plain"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onHelp}
          className="max-md:hidden"
        >
          <CircleQuestionMark aria-hidden size={16} />
        </Button>
        <Button
          tone="plain"
          aria-label={`Sign out ${user.username}`}
          title={`Sign out ${user.username}`}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
          className="max-md:hidden"
        >
          <LogOut aria-hidden size={16} />
        </Button>
      </div>
    </div>
  );
}
