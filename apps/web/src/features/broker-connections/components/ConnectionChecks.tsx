import type { ConnectionCheck } from "@trenddojo/brokers/domain";
import { StateText } from "../../../ui/StateText.tsx";

const LOOKS = {
  passed: { tone: "good", word: "proven" },
  limited: { tone: "warn", word: "limited" },
} as const satisfies Record<ConnectionCheck["state"], { readonly tone: string; readonly word: string }>;

type Check = Omit<ConnectionCheck, "fix"> & { readonly fix?: string | undefined };

/** What was proven of a new connection before it was stored: each thing with its value, and what to do where it is limited. */
export function ConnectionChecks({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul aria-label="What was proven" className="divide-y divide-line rounded-md border border-line">
      {checks.map(({ name, label, state, value, fix }) => (
        <li key={name} className="flex flex-wrap items-center gap-x-3 px-3 py-2">
          <span className="font-medium">{label}</span>
          <span className="ml-auto">
            <StateText tone={LOOKS[state].tone}>{LOOKS[state].word}</StateText>
          </span>
          <span className="w-full break-words text-muted">{value}</span>
          {fix === undefined ? null : <span className="w-full text-xs text-warn">{fix}</span>}
        </li>
      ))}
    </ul>
  );
}
