import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, Suspense, useEffect } from "react";
import type { ReactNode } from "react";
import { useStore } from "../lib/createStore.ts";
import { useDesk } from "../lib/desk.ts";
import { readFailure } from "../lib/deskError.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { Skeleton } from "./Skeleton.tsx";

interface PanelBoundaryProps {
  readonly name: string;
  readonly children: ReactNode;
  /** The whole screen stands in it: a failure needs a heading of its own. */
  readonly isPage?: boolean;
}

/** Loading and failure of one panel: the others go on. It tries again by itself when what it lacked comes back. */
export function PanelBoundary({ name, children, isPage = false }: PanelBoundaryProps) {
  const recovery = useStore(useDesk().recoveries);
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <FailureBoundary name={name} isPage={isPage} recovery={recovery} onRetry={reset}>
          <Suspense fallback={<Skeleton name={name} />}>{children}</Suspense>
        </FailureBoundary>
      )}
    </QueryErrorResetBoundary>
  );
}

interface FailureBoundaryProps extends PanelBoundaryProps {
  readonly onRetry: () => void;
  readonly recovery: number;
}

/** React catches render failures in classes only. */
class FailureBoundary extends Component<
  FailureBoundaryProps,
  { readonly failure: { readonly error: unknown } | null }
> {
  override state: { readonly failure: { readonly error: unknown } | null } = { failure: null };

  static getDerivedStateFromError(error: unknown) {
    return { failure: { error } };
  }

  readonly #retry = () => {
    this.props.onRetry();
    this.setState({ failure: null });
  };

  override componentDidUpdate(before: FailureBoundaryProps) {
    if (this.state.failure !== null && before.recovery !== this.props.recovery) this.#retry();
  }

  override render() {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    const told = readFailure(failure.error);
    return (
      <div className="p-3">
        {this.props.isPage === true ? <h1 className="sr-only">{this.props.name}</h1> : null}
        <ErrorNotice title={`${this.props.name} could not be shown`} failure={told} onRetry={this.#retry} />
        {told.kind === "transport" ? <RetrySoon onRetry={this.#retry} /> : null}
      </div>
    );
  }
}

const RETRY_AFTER_MS = 5_000;

/** Tries again after a while, as long as it is shown. */
function RetrySoon({ onRetry }: { readonly onRetry: () => void }) {
  const { clock } = useDesk();
  useEffect(() => {
    const timer = clock.setTimer(RETRY_AFTER_MS, onRetry);
    return () => timer[Symbol.dispose]();
  }, [clock, onRetry]);
  return null;
}
