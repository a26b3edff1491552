import { lazy, Suspense } from "react";
import { useKnownTradingState } from "../api/getTradingState.ts";

const HaltBand = lazy(async () => ({ default: (await import("./HaltBand.tsx")).HaltBand }));

/** Over every screen while not every order passes; nothing otherwise. */
export function TradingStateBand() {
  const state = useKnownTradingState();
  if (state === undefined || state.state === "ACTIVE") return null;
  return (
    <Suspense
      fallback={<p className="border-b-2 border-bad bg-bad-wash px-4 py-2 font-bold text-bad">{state.state}</p>}
    >
      <HaltBand state={state} />
    </Suspense>
  );
}
