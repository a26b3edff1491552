/** Of the events that the newest snapshot holds: as many more make the next one worth its price. */
const GROWTH = 1 / 2;

/**
 * Whether an account's next snapshot is due. A snapshot is the whole account, all its orders and fills, so its price grows
 * with the account's age: the older the account, the more events lie between two. All snapshots of a life together cost a
 * few times what the last one costs, and a restart folds half as many events again as its snapshot holds, at most.
 */
export function isSnapshotDue({ sequence, snapshotSequence, every }: SnapshotProgress): boolean {
  return sequence - snapshotSequence >= Math.max(every, snapshotSequence * GROWTH);
}

/** Event numbers: of the newest event, and of the newest that a snapshot holds; `every`: the least between two. */
export interface SnapshotProgress {
  readonly sequence: number;
  readonly snapshotSequence: number;
  readonly every: number;
}
