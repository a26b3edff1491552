import type { AccountView, UserView } from "@trenddojo/server/wire";
import { createContext, use } from "react";

/** What every screen stands on: who is signed in and which account is shown. */
export interface ShellState {
  readonly user: UserView;
  readonly accounts: readonly AccountView[];
  readonly account: AccountView;
}

export const ShellContext = createContext<ShellState | null>(null);

/** @throws Error outside the shell. */
export function useShell(): ShellState {
  const shell = use(ShellContext);
  if (shell === null) throw new Error("useShell needs <ShellContext> above it");
  return shell;
}
