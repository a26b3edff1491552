/** A journal that cannot be what happened: a gap, a repetition, or an event about an order that was never accepted. */
export class PaperJournalError extends Error {
  override readonly name = "PaperJournalError";
  /** The sequence number that was due. */
  readonly expectedSequence: number;
  readonly actualSequence: number;

  constructor(message: string, expectedSequence: number, actualSequence: number) {
    super(`${message} (event ${actualSequence}, due was ${expectedSequence})`);
    this.expectedSequence = expectedSequence;
    this.actualSequence = actualSequence;
  }
}

/** @throws PaperJournalError unless the events continue `last` without a gap. */
export function checkContinues(last: number, events: readonly { readonly seq: number }[]): void {
  let expected = last + 1;
  for (const event of events) {
    if (event.seq !== expected)
      throw new PaperJournalError("the journal has a gap or a repetition", expected, event.seq);
    expected += 1;
  }
}
