import { money } from "../domain/decimal.ts";
import { PaperBackend } from "../paper/PaperBackend.ts";
import { paperCapabilities, sharedFeed, type PaperBackendConfig } from "../paper/PaperConfig.ts";
import type { ManualFeedOptions } from "./ManualFeed.ts";
import { createManualHarness } from "./manualHarness.ts";
import { StallingPaperStore } from "./StallingPaperStore.ts";

/** A paper account of 100,000 in a market made by hand, over a store that can be held up and made to fail. */
export function paperDesk(
  change: Partial<PaperBackendConfig> = {},
  feedOptions: Omit<ManualFeedOptions, "clock"> = {},
) {
  const store = new StallingPaperStore();
  const harness = createManualHarness(
    ({ feed, deps }) =>
      new PaperBackend(
        {
          name: "Paper",
          mode: "paper",
          accountId: "PAPER-1",
          startingCash: money(100_000),
          openFeed: sharedFeed(feed),
          store,
          capabilities: paperCapabilities({ alwaysOpen: feedOptions.alwaysOpen ?? true }),
          ...change,
        },
        deps,
      ),
    feedOptions,
  );
  return { ...harness, store };
}
