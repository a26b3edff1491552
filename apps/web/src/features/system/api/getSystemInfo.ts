import { useSuspenseQuery } from "@tanstack/react-query";
import type { SystemInfo } from "@trenddojo/server/wire";
import { useCallback } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { useTRPC } from "../../../lib/trpcClient.ts";

/**
 * What runs here, read anew each half a minute while it is looked at: its database grows. `aheadMs` is by how much this
 * browser's clock was ahead of the desk's when the answer came, the network's time in it.
 */
export function useSystemInfo() {
  const trpc = useTRPC();
  const { clock } = useDesk();
  // The same function each time: it is called once for each answer.
  const select = useCallback((info: SystemInfo) => ({ ...info, aheadMs: clock.now() - Date.parse(info.now) }), [clock]);
  return useSuspenseQuery(trpc.system.info.queryOptions(undefined, { refetchInterval: 30_000, select })).data;
}
