import type { Clock } from "@trenddojo/brokers/domain";
import { readFailure } from "./deskError.ts";
import { keepSubscribed, type SubscriptionEvents } from "./keepSubscribed.ts";

/** An event and its number, as tRPC hands it over. */
interface NumberedEvent<Data> {
  readonly id: string;
  readonly data: Data;
}

interface KeepResumedOptions<Data> {
  readonly clock: Clock;
  /** Opens the stream behind the event of this number; from now on where it is undefined. */
  readonly open: (
    lastEventId: string | undefined,
    events: SubscriptionEvents<NumberedEvent<Data>>,
  ) => { unsubscribe(): void };
  readonly onData: (data: Data) => void;
  /** It begins, or begins again, with nothing to resume behind: what was fetched before may lack what happened since. */
  readonly onAnew: () => void;
}

/**
 * Holds a stream of numbered events open until it is disposed; after any gap it resumes behind the last event that was
 * seen, so that none is missed or told twice. A number that the desk does not know (it was restored from a backup) is
 * dropped, and the stream begins anew.
 */
export function keepResumed<Data>({ clock, open, onData, onAnew }: KeepResumedOptions<Data>): () => void {
  let lastEventId: string | undefined;
  return keepSubscribed<NumberedEvent<Data>>({
    clock,
    open: (events) => open(lastEventId, events),
    onStarted: () => {
      if (lastEventId === undefined) onAnew();
    },
    onData: ({ id, data }) => {
      lastEventId = id;
      onData(data);
    },
    onError: (error) => {
      const failure = readFailure(error);
      if (failure.kind === "refused" && failure.desk.code === "INVALID_INPUT") lastEventId = undefined;
    },
  });
}
