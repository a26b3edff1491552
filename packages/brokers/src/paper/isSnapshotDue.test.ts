import { describe, expect, it } from "vitest";
import { limitOrder } from "../testing/builders.ts";
import { paperDesk } from "../testing/paperDesk.ts";
import { isSnapshotDue } from "./isSnapshotDue.ts";

describe("when a snapshot is due", () => {
  it("[PB10] a young account's after so many events", () => {
    expect(isSnapshotDue({ sequence: 999, snapshotSequence: 0, every: 1_000 })).toBe(false);
    expect(isSnapshotDue({ sequence: 1_000, snapshotSequence: 0, every: 1_000 })).toBe(true);
    expect(isSnapshotDue({ sequence: 1_999, snapshotSequence: 1_000, every: 1_000 })).toBe(false);
    expect(isSnapshotDue({ sequence: 2_000, snapshotSequence: 1_000, every: 1_000 })).toBe(true);
  });

  it("[PB10] an old account's in proportion to what it holds: all snapshots of a long life are a few times its last", () => {
    const every = 1_000;
    const saved: number[] = [];
    let mostToFold = 0;
    for (let sequence = 1; sequence <= 200_000; sequence += 1) {
      const snapshotSequence = saved.at(-1) ?? 0;
      if (isSnapshotDue({ sequence, snapshotSequence, every })) saved.push(sequence);
      else mostToFold = Math.max(mostToFold, (sequence - snapshotSequence) / Math.max(2 * every, snapshotSequence));
    }
    expect(mostToFold).toBeLessThan(0.5);
    const written = saved.reduce((sum, size) => sum + size, 0);
    expect(written).toBeLessThan(4 * (saved.at(-1) ?? 0));
  });

  it("[PB10] an account that trades on writes fewer and fewer of them", async () => {
    await using desk = paperDesk({ snapshotEvery: 3 });
    await desk.client.connect();
    const saved: number[] = [];
    for (let number = 1; number <= 30; number += 1) {
      await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 40 + number));
      saved.push(desk.store.snapshots.length);
    }
    expect(saved[9]).toBeGreaterThan(2);
    expect((saved[29] ?? 0) - (saved[19] ?? 0)).toBeLessThanOrEqual(2);
  });
});
