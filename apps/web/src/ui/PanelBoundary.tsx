import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, Suspense } from "react";
import type { ReactNode } from "react";
import { readFailure } from "../lib/deskError.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { Skeleton } from "./Skeleton.tsx";

interface PanelBoundaryProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** Loading and failure of one panel: the others go on. */
export function PanelBoundary({ name, children }: PanelBoundaryProps) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <FailureBoundary name={name} onRetry={reset}>
          <Suspense fallback={<Skeleton name={name} />}>{children}</Suspense>
        </FailureBoundary>
      )}
    </QueryErrorResetBoundary>
  );
}

interface FailureBoundaryProps extends PanelBoundaryProps {
  readonly onRetry: () => void;
}

/** React catches render failures in classes only. */
class FailureBoundary extends Component<FailureBoundaryProps, { readonly failure: { readonly error: unknown } | null }> {
  override state: { readonly failure: { readonly error: unknown } | null } = { failure: null };

  static getDerivedStateFromError(error: unknown) {
    return { failure: { error } };
  }

  readonly #retry = () => {
    this.props.onRetry();
    this.setState({ failure: null });
  };

  override render() {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <div className="p-3">
        <ErrorNotice title={`${this.props.name} could not be shown`} failure={readFailure(failure.error)} onRetry={this.#retry} />
      </div>
    );
  }
}
