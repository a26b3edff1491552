import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { ActivityTable } from "../../features/activity/components/ActivityTable.tsx";
import { VerifyButton } from "../../features/activity/components/VerifyButton.tsx";
import { useDebounced } from "../../lib/useDebounced.ts";
import { CONTROL } from "../../ui/Field.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";

const route = getRouteApi("/activity");

export function ActivityRoute() {
  const { search = "", entry } = route.useSearch();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search);
  const settled = useDebounced(typed.trim(), 250);
  // Only what was typed moves the address; the address moves by links as well.
  const moveAddress = useEffectEvent((text: string) => {
    if (text !== search) void navigate({ to: "/activity", search: text === "" ? {} : { search: text }, replace: true });
  });
  useEffect(() => moveAddress(settled), [settled]);
  return (
    <>
      <PageHeader title="Activity" actions={<VerifyButton />} />
      <Panel
        title="Log"
        actions={
          <input
            type="search"
            aria-label="Search the log"
            placeholder="Search the log"
            maxLength={80}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className={`${CONTROL} w-56`}
          />
        }
      >
        <ActivityTable search={search} entryId={entry} />
      </Panel>
    </>
  );
}
