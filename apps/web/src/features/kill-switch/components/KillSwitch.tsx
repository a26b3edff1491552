import { OctagonX } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useStopReason } from "../../../lib/readOnly.ts";
import { HoldButton } from "../../../ui/HoldButton.tsx";
import { useChangeTradingState } from "../api/changeTradingState.ts";
import { useKnownTradingState } from "../api/getTradingState.ts";

const HaltDialog = lazy(async () => ({ default: (await import("./HaltDialog.tsx")).HaltDialog }));

/** Stops all trading when it is held; a short press asks first. It is there whether or not the state is known. */
export function KillSwitch({ compact = false }: { readonly compact?: boolean }) {
  const { halt } = useChangeTradingState();
  const readOnly = useStopReason();
  const isHalted = useKnownTradingState()?.state === "HALTED";
  const [asking, setAsking] = useState(false);
  return (
    <>
      <HoldButton
        label={isHalted ? "Halt all trading again" : "Halt all trading"}
        title={readOnly}
        disabled={readOnly !== undefined || halt.isPending}
        onHeld={() => halt.mutate({ reason: "" })}
        onTap={() => setAsking(true)}
        className={compact ? "max-sm:px-2" : "min-h-10"}
      >
        <OctagonX aria-hidden size={16} />
        <span className={compact ? "max-md:sr-only" : ""}>
          {halt.isPending ? "Halting…" : isHalted && !compact ? "Halt again" : "Halt"}
        </span>
      </HoldButton>
      {asking ? (
        <Suspense>
          <HaltDialog onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
