import { KeyRound } from "lucide-react";
import { Button } from "../../../ui/Button.tsx";
import { PasskeyNotice } from "../../../ui/PasskeyNotice.tsx";
import { useSignInByPasskey } from "../api/signInByPasskey.ts";

interface PasskeySignInProps {
  readonly onSignedIn?: ((userId: string) => void) | undefined;
}

/** The way in without a name and a password; nothing where the browser has no passkeys. */
export function PasskeySignIn({ onSignedIn }: PasskeySignInProps) {
  const signIn = useSignInByPasskey();
  if (!("PublicKeyCredential" in window)) return null;
  return (
    <>
      <Button
        size="large"
        disabled={signIn.isPending}
        onClick={() => signIn.mutate(undefined, { onSuccess: (user) => onSignedIn?.(user.id) })}
      >
        <KeyRound aria-hidden size={16} />
        {signIn.isPending ? "Waiting for your passkey…" : "Use a passkey"}
      </Button>
      <PasskeyNotice error={signIn.error} />
    </>
  );
}
