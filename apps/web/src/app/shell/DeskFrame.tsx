import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { FeedBanner } from "../../features/chart/components/FeedBanner.tsx";
import { TradingStateBand } from "../../features/kill-switch/components/TradingStateBand.tsx";
import { MODE_NAMES } from "../../lib/modeText.ts";
import { useHotkeys } from "../../lib/useHotkeys.ts";
import { PanelBoundary } from "../../ui/PanelBoundary.tsx";
import { BottomNav } from "./BottomNav.tsx";
import { LinkBanner } from "./LinkBanner.tsx";
import { NAVIGATION, pageTitle } from "./navigation.ts";
import { NavRail } from "./NavRail.tsx";
import { useShell } from "./ShellContext.ts";
import { TopBar } from "./TopBar.tsx";

const LiveBand = lazy(async () => ({
  default: (await import("../../features/risk/components/LiveBand.tsx")).LiveBand,
}));
const HelpSheet = lazy(async () => ({ default: (await import("./HelpSheet.tsx")).HelpSheet }));

/** The frame round every screen. Its upper edge has the shape and colour of the account's mode. */
export function DeskFrame() {
  const { account, accounts } = useShell();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const searchInput = useRef<HTMLInputElement>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  const title = pageTitle(pathname);

  useEffect(() => {
    document.title = `${title} · ${MODE_NAMES[account.mode]} · TrendDojo`;
  }, [title, account.mode]);

  useHotkeys({
    "/": () => searchInput.current?.focus(),
    "?": () => setHelpOpen(true),
    ...Object.fromEntries(NAVIGATION.map(({ key, to }) => [`g ${key}`, () => void navigate({ to })])),
  });

  return (
    <div className="flex min-h-dvh flex-col md:h-dvh">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-panel focus:px-4 focus:py-2"
      >
        Skip to content
      </a>
      <div aria-hidden className={`frame-${account.mode} h-1 shrink-0`} />
      <header>
        <TopBar searchInput={searchInput} onHelp={() => setHelpOpen(true)} />
        <LinkBanner />
        <PanelBoundary name="Trading state">
          <TradingStateBand />
        </PanelBoundary>
        {accounts.some(({ mode }) => mode === "live") ? (
          <PanelBoundary name="Live trading">
            <LiveBand chosenId={account.id} />
          </PanelBoundary>
        ) : null}
        <FeedBanner connectionId={account.connectionId} />
      </header>
      <div className="flex min-h-0 flex-1">
        <NavRail />
        <main
          key={pathname}
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 p-3 pb-20 outline-none md:overflow-y-auto md:p-4"
        >
          <PanelBoundary name={title} isPage>
            <Outlet />
          </PanelBoundary>
        </main>
      </div>
      <BottomNav />
      {helpOpen ? (
        <Suspense>
          <HelpSheet onClose={() => setHelpOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
