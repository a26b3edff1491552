import { Dialog } from "../../../ui/Dialog.tsx";
import { SignInForm } from "./SignInForm.tsx";

interface SessionEndedDialogProps {
  readonly username: string;
  readonly onSignedIn: (userId: string) => void;
}

/** The session ended under an open page: sign in over it, and nothing that was typed is lost. */
export function SessionEndedDialog({ username, onSignedIn }: SessionEndedDialogProps) {
  return (
    <Dialog title="Your session has ended">
      <p className="mb-4 text-muted">Sign in again to go on. What you typed is kept; nothing was sent meanwhile.</p>
      <SignInForm username={username} onSignedIn={onSignedIn} />
    </Dialog>
  );
}
