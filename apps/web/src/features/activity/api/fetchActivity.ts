import type { AuditEntryView } from "@trenddojo/server/wire";
import { useCallback } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";
import type { queryOf } from "../model/ActivityFilters.ts";

const PAGE = 500;
/** A file of more is the command line's: `pnpm desk audit export`. */
export const MOST_EXPORTED = 20_000;

/** Asks for all entries that match, newest first, at most `MOST_EXPORTED`. */
export function useFetchActivity() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useCallback(
    async (query: ReturnType<typeof queryOf>): Promise<readonly AuditEntryView[]> => {
      const entries: AuditEntryView[] = [];
      let cursor: string | null = null;
      do {
        const asked: { cursor?: string } = cursor === null ? {} : { cursor };
        const options = trpc.audit.list.queryOptions({ ...query, ...asked, limit: PAGE }, { staleTime: 0, gcTime: 0 });
        const page: { entries: readonly AuditEntryView[]; nextCursor: string | null } =
          await client.fetchQuery(options);
        entries.push(...page.entries);
        cursor = page.nextCursor;
      } while (cursor !== null && entries.length < MOST_EXPORTED);
      return entries.slice(0, MOST_EXPORTED);
    },
    [client, trpc],
  );
}
