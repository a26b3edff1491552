import type { ConnectionView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { MODE_NAMES } from "../../../lib/modeText.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useChangeConnection } from "../api/changeConnection.ts";
import { CONNECTION_STATE_TEXT } from "../model/connectionText.ts";
import { BudgetList } from "./BudgetList.tsx";
import { ChannelList } from "./ChannelList.tsx";
import { HealthFacts } from "./HealthFacts.tsx";
import { StoredKeys } from "./StoredKeys.tsx";
import { SimulatorBadge } from "../../../ui/SimulatorBadge.tsx";
import { StateText } from "../../../ui/StateText.tsx";

/** One connection: its state, the age of each channel's evidence, and what can be done with it. */
export function ConnectionCard({ connection }: { readonly connection: ConnectionView }) {
  const { connect, disconnect, remove } = useChangeConnection();
  const readOnly = useReadOnlyReason();
  const [removing, setRemoving] = useState(false);
  const { status, label } = connection;
  const { label: stateLabel, tone } = CONNECTION_STATE_TEXT[status.state];
  const input = { connectionId: connection.id };
  const isLocked = readOnly !== undefined || connect.isPending || disconnect.isPending || remove.isPending;
  const failure = connect.error ?? disconnect.error ?? remove.error;
  const name = `${label} · ${MODE_NAMES[connection.mode]}`;

  return (
    <article aria-label={name} className="flex flex-col gap-3 rounded-lg border border-line bg-panel p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-sm font-semibold">{label}</h2>
        <ModeBadge mode={connection.mode} />
        <span className="text-muted">{connection.brokerName}</span>
        {connection.isSimulator ? <SimulatorBadge /> : null}
        <span className="ml-auto inline-flex items-center gap-2">
          <StateText tone={tone}>{stateLabel}</StateText>
          <span className="text-xs text-muted">
            for <AgeText since={status.since} suffix="" />
          </span>
        </span>
      </header>
      <ChannelList channels={status.channels} />
      <HealthFacts connection={connection} />
      {status.budget.length === 0 ? null : <BudgetList budget={status.budget} />}
      {status.error === null ? null : (
        <p className="rounded-md border border-warn bg-warn-wash px-3 py-2 text-warn">
          {status.error.message} <code className="text-2xs">{status.error.code}</code>
        </p>
      )}
      <StoredKeys connection={connection} />
      {failure === null ? null : <ErrorNotice failure={readFailure(failure)} />}
      <footer className="flex flex-wrap gap-2">
        {connection.desired === "connected" ? (
          <>
            <Button
              disabled={isLocked}
              title={readOnly}
              aria-label={`Disconnect ${name}`}
              onClick={() => disconnect.mutate(input)}
            >
              Disconnect
            </Button>
            <Button
              disabled={isLocked}
              title={readOnly}
              aria-label={`Reconnect ${name}`}
              onClick={() => disconnect.mutate(input, { onSuccess: () => connect.mutate(input) })}
            >
              Reconnect
            </Button>
          </>
        ) : (
          <Button
            tone="primary"
            disabled={isLocked}
            title={readOnly}
            aria-label={`Connect ${name}`}
            onClick={() => connect.mutate(input)}
          >
            {connect.isPending ? "Connecting…" : "Connect"}
          </Button>
        )}
        {connection.removable ? (
          <Button
            tone="danger"
            disabled={isLocked}
            title={readOnly}
            aria-label={`Remove… ${name}`}
            onClick={() => setRemoving(true)}
          >
            Remove…
          </Button>
        ) : null}
      </footer>
      {removing ? (
        <Dialog title={`Remove ${label}?`} onClose={() => setRemoving(false)}>
          <p className="mb-4">
            The desk forgets its credentials and stops watching its account. Open orders stay at the broker.
          </p>
          <div className="flex justify-end gap-2">
            <Button data-first-focus onClick={() => setRemoving(false)}>
              Keep it
            </Button>
            <Button tone="danger" onClick={() => remove.mutate(input, { onSettled: () => setRemoving(false) })}>
              Remove {name}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </article>
  );
}
