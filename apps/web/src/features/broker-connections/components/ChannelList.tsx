import { CHANNELS } from "@trenddojo/brokers/domain";
import type { ConnectionView } from "@trenddojo/server/wire";
import { AgeText } from "../../../ui/AgeText.tsx";
import { CHANNEL_NAMES, CHANNEL_STATE_TEXT } from "../model/connectionText.ts";
import { StateText } from "./StateText.tsx";

/** Health as evidence: each channel with the age of its last proof of life. */
export function ChannelList({ channels }: { readonly channels: ConnectionView["status"]["channels"] }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-4">
      {CHANNELS.map((name) => {
        const { state, lastEvidenceAt } = channels[name];
        const { label, tone } = CHANNEL_STATE_TEXT[state];
        return (
          <div key={name} className="bg-panel px-3 py-2">
            <dt className="text-xs text-muted">{CHANNEL_NAMES[name]}</dt>
            <dd>
              <StateText tone={tone}>{label}</StateText>
            </dd>
            {state === "unused" ? null : (
              <dd className="text-xs text-muted">
                {lastEvidenceAt === null ? "no evidence" : <AgeText since={lastEvidenceAt} />}
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}
