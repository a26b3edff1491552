import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState, type ComponentProps } from "react";
import { ActivityTable } from "../../features/activity/components/ActivityTable.tsx";
import { ExportButtons } from "../../features/activity/components/ExportButtons.tsx";
import { FilterBar } from "../../features/activity/components/FilterBar.tsx";
import { VerifyButton } from "../../features/activity/components/VerifyButton.tsx";
import { queryOf } from "../../features/activity/model/ActivityFilters.ts";
import { usePreferences } from "../../lib/desk.ts";
import { useDebounced } from "../../lib/useDebounced.ts";
import { readActivitySearch } from "../searchParams.ts";
import { CONTROL } from "../../ui/Field.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";

type Changes = ComponentProps<typeof FilterBar>["onChange"] extends (changes: infer Given) => void ? Given : never;

const route = getRouteApi("/activity");

export function ActivityRoute() {
  const { entry, ...filters } = route.useSearch();
  const { search = "" } = filters;
  const [{ timeZone }] = usePreferences();
  const query = queryOf(filters, timeZone);
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search);
  const settled = useDebounced(typed.trim(), 250);
  const change = (changes: Changes): void => {
    const changed = Object.entries({ ...filters, ...changes }).filter(([, value]) => value !== undefined);
    void navigate({ to: "/activity", search: readActivitySearch(Object.fromEntries(changed)), replace: true });
  };
  const changeByBar = (changes: Changes): void => {
    if ("search" in changes) setTyped("");
    change(changes);
  };
  // Only what was typed moves the address; the address moves by links as well.
  const moveAddress = useEffectEvent((text: string) => {
    if (text !== search) change({ search: text === "" ? undefined : text });
  });
  useEffect(() => moveAddress(settled), [settled]);
  return (
    <>
      <PageHeader title="Activity" actions={<VerifyButton />} />
      <Panel
        title="Log"
        actions={
          <div className="flex flex-wrap items-center justify-end gap-2">
            <ExportButtons query={query} />
            <input
              type="search"
              aria-label="Search the log"
              placeholder="Search the log"
              maxLength={80}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className={`${CONTROL} w-56`}
            />
          </div>
        }
      >
        <FilterBar filters={filters} onChange={changeByBar} />
        <ActivityTable filters={filters} query={query} entryId={entry} />
      </Panel>
    </>
  );
}
