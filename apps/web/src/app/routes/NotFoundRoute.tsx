import { Link } from "@tanstack/react-router";
import { EmptyState } from "../../ui/EmptyState.tsx";

export function NotFoundRoute() {
  return (
    <EmptyState title="There is no such screen">
      <h1 className="sr-only">Not found</h1>
      <Link to="/" className="text-accent underline">
        Go to the dashboard
      </Link>
    </EmptyState>
  );
}
