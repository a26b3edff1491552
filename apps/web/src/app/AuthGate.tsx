import { useIsMutating, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { SignInScreen } from "../features/auth/components/SignInScreen.tsx";
import { useAuthStatus } from "../features/auth/api/getAuthStatus.ts";
import { useStore } from "../lib/createStore.ts";
import { useDesk } from "../lib/desk.ts";
import { useTRPC } from "../lib/trpcClient.ts";
import { useAppearance } from "./useAppearance.ts";

// The sign-in does not wait for the desk behind it, nor the desk for what is seen once or seldom.
const AppShell = lazy(async () => ({ default: (await import("./shell/AppShell.tsx")).AppShell }));
const SetUpScreen = lazy(async () => ({
  default: (await import("../features/auth/components/SetUpScreen.tsx")).SetUpScreen,
}));
const SessionEndedDialog = lazy(async () => ({
  default: (await import("../features/auth/components/SessionEndedDialog.tsx")).SessionEndedDialog,
}));

const StepUpDialog = lazy(async () => ({
  default: (await import("../features/auth/components/StepUpDialog.tsx")).StepUpDialog,
}));
const JoinScreen = lazy(async () => ({
  default: (await import("../features/auth/components/JoinScreen.tsx")).JoinScreen,
}));

/**
 * Set-up, sign-in or the desk. Whoever signs out leaves it before the answer, or its streams would come back meanwhile
 * and be refused. A session that ends under the desk leaves it standing, with a sign-in over it.
 */
export function AuthGate() {
  useAppearance();
  const { sessionEnded, proofAsked } = useDesk();
  const ended = useStore(sessionEnded);
  const onProof = useStore(proofAsked);
  const queryClient = useQueryClient();
  const { data, failureCount } = useAuthStatus();
  const isLeaving = useIsMutating({ mutationKey: useTRPC().auth.signOut.mutationKey() }) > 0;

  if (data === undefined)
    return (
      <Splash>
        {failureCount > 0 ? "The desk does not answer yet. It is asked again every second." : "Connecting to the desk…"}
      </Splash>
    );
  if (isLeaving) return <Splash>Signing out…</Splash>;
  if (data.setUpRequired)
    return (
      <Suspense fallback={<Splash>Connecting to the desk…</Splash>}>
        <SetUpScreen />
      </Suspense>
    );
  if (window.location.pathname === "/join")
    return (
      <Suspense fallback={<Splash>Connecting to the desk…</Splash>}>
        <JoinScreen token={window.location.hash.slice(1)} />
      </Suspense>
    );
  if (data.user === null) return <SignInScreen />;

  const { user } = data;
  const onSignedIn = (userId: string) => {
    // Another person: nothing of the one before may stay.
    if (userId !== user.id) window.location.assign("/");
    sessionEnded.set(false);
    void queryClient.invalidateQueries();
  };
  return (
    <>
      <Suspense fallback={<Splash>Connecting to the desk…</Splash>}>
        <AppShell key={user.id} user={user} />
      </Suspense>
      {onProof === null ? null : (
        <Suspense>
          <StepUpDialog onDone={onProof} />
        </Suspense>
      )}
      {ended ? (
        <Suspense>
          <SessionEndedDialog username={user.username} onSignedIn={onSignedIn} />
        </Suspense>
      ) : null}
    </>
  );
}

function Splash({ children }: { readonly children: string }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4 text-center">
      <h1 className="sr-only">TrendDojo</h1>
      <output className="text-muted">{children}</output>
    </main>
  );
}
