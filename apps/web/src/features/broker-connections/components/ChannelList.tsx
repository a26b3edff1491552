import { CHANNELS } from "@trenddojo/brokers/domain";
import type { ConnectionView } from "@trenddojo/server/wire";
import { useWallNow } from "../../../lib/useNow.ts";
import { StateText } from "../../../ui/StateText.tsx";
import { CHANNEL_NAMES, CHANNEL_STATE_TEXT, evidenceText } from "../model/connectionText.ts";

/** Health as evidence: each channel with the age of its last proof of life. */
export function ChannelList({ channels }: { readonly channels: ConnectionView["status"]["channels"] }) {
  const now = useWallNow();
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-4">
      {CHANNELS.map((name) => {
        const { label, tone } = CHANNEL_STATE_TEXT[channels[name].state];
        const evidence = evidenceText(channels[name], now);
        return (
          <div key={name} className="bg-panel px-3 py-2">
            <dt className="text-xs text-muted">{CHANNEL_NAMES[name]}</dt>
            <dd>
              <StateText tone={tone}>{label}</StateText>
            </dd>
            {evidence === null ? null : <dd className="num text-xs text-muted">{evidence}</dd>}
          </div>
        );
      })}
    </dl>
  );
}
