import type { Mode } from "@trenddojo/brokers/domain";
import type { ProbedPlaceView } from "@trenddojo/server/wire";
import { Button } from "../../../ui/Button.tsx";
import { StateText } from "../../../ui/StateText.tsx";
import { isFilledIn, usableAccounts, whyNot, type FoundAccount } from "../model/foundPlaces.ts";

interface FoundPlacesProps {
  readonly places: readonly ProbedPlaceView[];
  readonly mode: Mode;
  readonly values: Readonly<Record<string, string>>;
  readonly onChoose: (account: FoundAccount) => void;
}

/** What a broker's program was looked for and where: its accounts, or why it cannot be used and what to do. */
export function FoundPlaces({ places, mode, values, onChoose }: FoundPlacesProps) {
  return (
    <ul aria-label="What was looked at" className="divide-y divide-line rounded-md border border-line">
      {places.map((place) => {
        const objection = whyNot(place, mode);
        return (
          <li key={place.address} className="flex flex-col gap-1 px-3 py-2">
            <span className="flex flex-wrap items-center gap-x-3">
              <span className="num font-medium">{place.address}</span>
              <span className="text-muted">{place.usual}</span>
              <span className="ml-auto">
                <StateText tone={place.fault === null ? (objection === null ? "good" : "warn") : "quiet"}>
                  {place.fault === null ? "answers" : "not there"}
                </StateText>
              </span>
            </span>
            {objection === null ? null : <span className="break-words text-xs text-muted">{objection}</span>}
            {place.mode === null || place.mode === mode ? null : (
              <span className="num text-xs text-muted">{place.accounts.map(({ id }) => id).join(", ")}</span>
            )}
            {usableAccounts(place, mode).map((account) =>
              isFilledIn(values, account) ? (
                <span key={account.id} className="flex flex-wrap items-center gap-x-3">
                  <span className="num">{account.id}</span>
                  <StateText tone="good">filled in below</StateText>
                </span>
              ) : (
                <Button key={account.id} size="small" className="num self-start" onClick={() => onChoose(account)}>
                  Use {account.id}
                </Button>
              ),
            )}
          </li>
        );
      })}
    </ul>
  );
}
