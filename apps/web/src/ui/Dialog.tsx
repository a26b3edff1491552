import { X } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";

interface DialogProps {
  readonly title: string;
  /** Called for Escape and the close button; absent where the dialog must be answered. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/**
 * A modal native dialog, open while it is mounted: the browser keeps the focus in it and gives it back. A control
 * inside that is marked `data-first-focus` gets the focus first.
 */
export function Dialog({ title, onClose, children, wide = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog !== null && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-first-focus=true]")?.focus();
    }
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      className={`max-h-[90dvh] w-[calc(100vw-2rem)] overflow-y-auto rounded-xl border border-line bg-panel shadow-pop ${wide ? "max-w-2xl" : "max-w-md"}`}
    >
      <div className="flex items-center justify-between gap-4 border-b border-line px-4 py-2">
        <h2 id={titleId} className="text-base font-semibold">
          {title}
        </h2>
        {onClose === undefined ? null : (
          <Button tone="plain" size="small" aria-label="Close" onClick={onClose}>
            <X aria-hidden size={16} />
          </Button>
        )}
      </div>
      <div className="p-4">{children}</div>
    </dialog>
  );
}
