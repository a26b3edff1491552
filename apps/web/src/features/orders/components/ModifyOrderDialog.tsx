import type { AccountView, OrderView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { accountSuffix, MODE_NAMES } from "../../../lib/modeText.ts";
import { Button } from "../../../ui/Button.tsx";
import { DecimalField } from "../../../ui/DecimalField.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useOrderInstrument } from "../api/getOrderInstrument.ts";
import { useModifyOrder } from "../api/modifyOrder.ts";
import { changeableFields, orderChanges } from "../model/orderChanges.ts";
import { orderTitle } from "../model/orderText.ts";

interface ModifyOrderDialogProps {
  readonly order: OrderView;
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** Steps until the instrument's own are known; the desk refuses what is off the grid and says so. */
const USUAL_STEPS = { tickSize: "0.01", lotSize: "1" } as const;

/** Changes what of a working order can be changed: its quantity, its prices. */
export function ModifyOrderDialog({ order, account, onClose }: ModifyOrderDialogProps) {
  const modify = useModifyOrder();
  const { tickSize, lotSize } = useOrderInstrument(account.connectionId, order.symbol) ?? USUAL_STEPS;
  const [draft, setDraft] = useState({
    quantity: order.quantity,
    price: order.price ?? "",
    stopPrice: order.stopPrice ?? "",
  });
  const { changes, problems } = orderChanges(order, draft);
  const { fields, note } = changeableFields(order);
  return (
    <Dialog title={`Change ${orderTitle(order)}`} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (changes !== undefined) modify.mutate({ orderId: order.id, changes }, { onSuccess: onClose });
        }}
      >
        <ModeBadge mode={order.mode} className="self-start" />
        {fields.includes("quantity") ? (
          <DecimalField
            label="Quantity"
            value={draft.quantity}
            onValue={(quantity) => setDraft({ ...draft, quantity })}
            step={lotSize}
            problems={problems.quantity}
          />
        ) : null}
        {fields.includes("stopPrice") ? (
          <DecimalField
            label="Stop price"
            value={draft.stopPrice}
            onValue={(stopPrice) => setDraft({ ...draft, stopPrice })}
            step={tickSize}
            problems={problems.stopPrice}
          />
        ) : null}
        {fields.includes("price") ? (
          <DecimalField
            label="Limit price"
            value={draft.price}
            onValue={(price) => setDraft({ ...draft, price })}
            step={tickSize}
            problems={problems.price}
          />
        ) : null}
        {note === undefined ? null : <p className="text-muted">{note}</p>}
        {modify.error === null ? null : <ErrorNotice failure={readFailure(modify.error)} />}
        <Button type="submit" tone="primary" size="large" disabled={changes === undefined || modify.isPending}>
          {modify.isPending
            ? "Sending…"
            : `Change ${orderTitle(order)} · ${MODE_NAMES[order.mode]} ${accountSuffix(account.venueAccountId)}`}
        </Button>
      </form>
    </Dialog>
  );
}
