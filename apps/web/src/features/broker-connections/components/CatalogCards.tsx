import type { BrokerCard } from "@trenddojo/server/wire";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { Button } from "../../../ui/Button.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useBrokerCatalog } from "../api/getCatalog.ts";
import { AddConnectionDialog } from "./AddConnectionDialog.tsx";
import { SimulatorBadge } from "../../../ui/SimulatorBadge.tsx";

/** What can be connected. */
export function CatalogCards() {
  const catalog = useBrokerCatalog();
  const readOnly = useReadOnlyReason();
  const [adding, setAdding] = useState<BrokerCard | null>(null);
  return (
    <>
      <ul className="grid overflow-hidden sm:grid-cols-2 xl:grid-cols-3">
        {catalog.map((card) => (
          <li
            key={card.key}
            className="-mt-px -ml-px flex flex-col items-start gap-2 border-t border-l border-line p-4"
          >
            <div className="flex w-full flex-wrap items-center gap-2">
              <h3 className="font-semibold">{card.name}</h3>
              {card.modes.map((mode) => (
                <ModeBadge key={mode} mode={mode} />
              ))}
              {card.simulator === undefined ? null : <SimulatorBadge />}
            </div>
            <p className="grow text-muted">{card.summary}</p>
            <Button
              onClick={() => setAdding(card)}
              disabled={readOnly !== undefined || card.modes.length === 0}
              title={readOnly}
            >
              <Plus aria-hidden size={14} /> Add {card.name}
            </Button>
          </li>
        ))}
      </ul>
      {adding === null ? null : <AddConnectionDialog card={adding} onClose={() => setAdding(null)} />}
    </>
  );
}
