import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { useHold } from "./useHold.ts";

interface HoldButtonProps {
  /** What it does: "Halt all trading". */
  readonly label: string;
  /** What is seen of it while it is not held. */
  readonly children: ReactNode;
  readonly onHeld: () => void;
  /** A short press, and the press of those who cannot hold one. */
  readonly onTap: () => void;
  readonly disabled?: boolean;
  readonly title?: string | undefined;
  readonly className?: string;
}

const HOLD_MS = 1_200;
const seconds = (ms: number) => (ms / 1_000).toFixed(1);

/** Acts when it was held for 1.2 s, by pointer or by Space or Enter. Letting go, leaving it and Escape do nothing. */
export function HoldButton({ label, children, onHeld, onTap, disabled, title, className = "" }: HoldButtonProps) {
  const { heldMs, begin, letGo, wasSettled } = useHold(HOLD_MS, onHeld);
  const isHeld = heldMs !== null;
  const isPress = ({ key }: KeyboardEvent) => key === " " || key === "Enter";
  return (
    <>
      <button
        type="button"
        aria-label={`${label}: hold for ${seconds(HOLD_MS)} seconds`}
        title={title ?? `${label}: hold for ${seconds(HOLD_MS)} s`}
        disabled={disabled}
        onPointerDown={(event: PointerEvent) => {
          if (event.button === 0) begin();
        }}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
        onContextMenu={(event) => {
          // A long touch asks for a menu, which would let go.
          if (isHeld) event.preventDefault();
        }}
        onClick={() => {
          if (!wasSettled()) onTap();
        }}
        onKeyDown={(event) => {
          if (!isPress(event)) return;
          // The browser's own click on Enter comes before it is known whether it is held.
          event.preventDefault();
          if (!event.repeat) begin();
        }}
        onKeyUp={(event) => {
          if (!isPress(event)) return;
          event.preventDefault();
          const isTap = isHeld && !wasSettled();
          letGo();
          if (isTap) onTap();
        }}
        onBlur={letGo}
        className={`relative inline-flex min-h-8 touch-none items-center justify-center gap-1.5 overflow-hidden rounded-md border-2 border-bad bg-bad-wash px-3 font-semibold whitespace-nowrap text-bad select-none hover:brightness-110 disabled:opacity-60 ${className}`}
      >
        {isHeld ? (
          <span
            aria-hidden
            className="absolute inset-y-0 left-0 bg-bad/30 transition-[width] duration-100 ease-linear motion-reduce:hidden"
            style={{ width: `${(heldMs / HOLD_MS) * 100}%` }}
          />
        ) : null}
        {/* The countdown takes the place of the words, so that the button keeps its size under the pointer. */}
        <span className={`inline-flex items-center gap-1.5 ${isHeld ? "invisible" : ""}`}>{children}</span>
        {isHeld ? (
          <span className="num absolute inset-0 grid place-items-center">{seconds(HOLD_MS - heldMs)} s</span>
        ) : null}
      </button>
      <output className="sr-only">{isHeld ? `Keep holding. ${label} in ${seconds(HOLD_MS)} seconds.` : ""}</output>
    </>
  );
}
