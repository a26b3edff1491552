import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, Suspense } from "react";
import type { ReactNode } from "react";
import { readFailure } from "../lib/deskError.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { Skeleton } from "./Skeleton.tsx";

interface PanelBoundaryProps {
  readonly name: string;
  readonly children: ReactNode;
  /** The whole screen stands in it: a failure needs a heading of its own. */
  readonly isPage?: boolean;
}

/** Loading and failure of one panel: the others go on. */
export function PanelBoundary({ name, children, isPage = false }: PanelBoundaryProps) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <FailureBoundary name={name} isPage={isPage} onRetry={reset}>
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
        {this.props.isPage === true ? <h1 className="sr-only">{this.props.name}</h1> : null}
        <ErrorNotice title={`${this.props.name} could not be shown`} failure={readFailure(failure.error)} onRetry={this.#retry} />
      </div>
    );
  }
}
