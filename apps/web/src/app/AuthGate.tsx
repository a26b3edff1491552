import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { SessionEndedDialog } from "../features/auth/components/SessionEndedDialog.tsx";
import { SetUpScreen } from "../features/auth/components/SetUpScreen.tsx";
import { SignInScreen } from "../features/auth/components/SignInScreen.tsx";
import { useAuthStatus } from "../features/auth/api/getAuthStatus.ts";
import { useStore } from "../lib/createStore.ts";
import { useDesk } from "../lib/desk.ts";
import { useAppearance } from "./useAppearance.ts";

// The sign-in does not wait for the desk behind it.
const AppShell = lazy(async () => ({ default: (await import("./shell/AppShell.tsx")).AppShell }));

/** Set-up, sign-in or the desk. A session that ends under the desk leaves it standing, with a sign-in over it. */
export function AuthGate() {
  useAppearance();
  const { sessionEnded } = useDesk();
  const ended = useStore(sessionEnded);
  const queryClient = useQueryClient();
  const { data, failureCount } = useAuthStatus();

  if (data === undefined) return <Splash waiting={failureCount > 0} />;
  if (data.setUpRequired) return <SetUpScreen />;
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
      <Suspense fallback={<Splash waiting={false} />}>
        <AppShell key={user.id} user={user} />
      </Suspense>
      {ended ? <SessionEndedDialog username={user.username} onSignedIn={onSignedIn} /> : null}
    </>
  );
}

function Splash({ waiting }: { readonly waiting: boolean }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4 text-center">
      <h1 className="sr-only">TrendDojo</h1>
      <output className="text-muted">
        {waiting ? "The desk does not answer yet. It is asked again every second." : "Connecting to the desk…"}
      </output>
    </main>
  );
}
