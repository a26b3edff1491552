import type { AccountView, BrokerCard, OrderView } from "@trenddojo/server/wire";
import { useId, useState } from "react";
import { accountSuffix, MODE_NAMES } from "../../../lib/modeText.ts";
import { useReadOnlyReason, useStopReason } from "../../../lib/readOnly.ts";
import { Button } from "../../../ui/Button.tsx";
import { ReadOnlyNote } from "../../../ui/ReadOnlyNote.tsx";
import { useCancelOrder } from "../api/cancelOrder.ts";
import { changeableFields } from "../model/orderChanges.ts";
import { endsWithCancel } from "../model/orderGroup.ts";
import { isCancelable, isModifiable } from "../model/orderStateText.ts";
import { orderTitle } from "../model/orderText.ts";
import { reasonOf } from "../model/ticketChoices.ts";
import { ModifyOrderDialog } from "./ModifyOrderDialog.tsx";

interface OrderActionsProps {
  readonly order: OrderView;
  readonly account: AccountView;
  /** What each broker can do. */
  readonly catalog: readonly BrokerCard[];
}

/** Change and cancel; what cannot be done is there, disabled, with its reason, and a cancel says what else ends. */
export function OrderActions({ order, account, catalog }: OrderActionsProps) {
  const cancel = useCancelOrder();
  const readOnly = useReadOnlyReason();
  const stopReason = useStopReason();
  const id = useId();
  const [modifying, setModifying] = useState(false);
  const capability = catalog.find((card) => card.key === account.broker)?.capabilities.modifyOrder;
  const { fields, note } = changeableFields(order);
  const cannotChange =
    (capability === undefined ? undefined : reasonOf(capability)) ?? (fields.length === 0 ? note : undefined);
  const alsoEnds = endsWithCancel(order);
  const name = `${orderTitle(order)} · ${MODE_NAMES[order.mode]} ${accountSuffix(account.venueAccountId)}`;
  return (
    <>
      {isModifiable(order) || isCancelable(order) ? <ReadOnlyNote /> : null}
      {isModifiable(order) ? (
        <>
          {cannotChange === undefined ? null : (
            <span id={`${id}-change`} className="text-xs text-muted">
              Cannot be changed: {cannotChange}
            </span>
          )}
          <Button
            aria-label={`Change ${name}`}
            disabled={readOnly !== undefined || cannotChange !== undefined}
            aria-describedby={cannotChange === undefined ? undefined : `${id}-change`}
            onClick={() => setModifying(true)}
          >
            Change
          </Button>
        </>
      ) : null}
      {isCancelable(order) ? (
        <span className="inline-flex flex-wrap items-center gap-2">
          {alsoEnds === undefined ? null : (
            <span id={`${id}-cancel`} className="text-xs text-muted">
              A cancel ends {alsoEnds} too
            </span>
          )}
          <Button
            tone="danger"
            aria-label={`Cancel ${name}`}
            aria-describedby={alsoEnds === undefined ? undefined : `${id}-cancel`}
            disabled={stopReason !== undefined || cancel.isPending}
            onClick={() => cancel.mutate({ orderId: order.id })}
          >
            Cancel
          </Button>
        </span>
      ) : null}
      {modifying ? <ModifyOrderDialog order={order} account={account} onClose={() => setModifying(false)} /> : null}
    </>
  );
}
