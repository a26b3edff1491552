import type { AppRouter } from "@trenddojo/server/router";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { isStepUpRequired } from "./deskError.ts";

/**
 * A command that wants a proof of its person waits for it and is then sent again, so that no screen has to know of it.
 * @param askProof resolves to whether the person has confirmed that it is them
 */
export function stepUpLink(askProof: () => Promise<boolean>): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const sendAgain = (): void => {
          current = next(op).subscribe(observer);
        };
        let current = next(op).subscribe({
          ...observer,
          error: (error) => {
            if (op.type !== "mutation" || !isStepUpRequired(error)) {
              observer.error(error);
              return;
            }
            askProof().then(
              (proven) => {
                if (proven) sendAgain();
                else observer.error(error);
              },
              (reason: unknown) => observer.error(TRPCClientError.from(reason instanceof Error ? reason : error)),
            );
          },
        });
        return () => current.unsubscribe();
      });
}
