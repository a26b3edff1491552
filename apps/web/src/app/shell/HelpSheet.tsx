import { Dialog } from "../../ui/Dialog.tsx";
import { NAVIGATION } from "./navigation.ts";

const KEYS: readonly (readonly [string, string])[] = [
  ["/", "Search instruments"],
  ...NAVIGATION.map(({ key, label }) => [`g ${key}`, label] as const),
  ["b, s", "Buy or sell ticket, on an instrument or a watchlist row"],
  ["j, k", "Next and previous row of a table"],
  ["x", "Cancel the order that has the focus"],
  ["c", "Chart of the watchlist row that has the focus"],
  ["Delete", "Remove the watchlist row that has the focus"],
  ["↑, ↓", "Step a price by a tick, with Shift by ten"],
  ["Enter", "Review the ticket; once more sends it"],
  ["Esc", "Back to the ticket; close"],
  ["?", "This sheet"],
];

export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} wide>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 sm:columns-2">
        {KEYS.map(([keys, meaning]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded border border-line bg-raised px-1.5 py-0.5 font-mono text-xs">{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-muted">No key trades while you type, and no single key ever sends an order.</p>
    </Dialog>
  );
}
