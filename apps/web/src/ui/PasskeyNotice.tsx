import { readFailure } from "../lib/deskError.ts";
import { PasskeyDeclined } from "../lib/passkeys.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";

/** Why a passkey came to nothing: the browser gave no answer, or the desk refused it. */
export function PasskeyNotice({ error }: { readonly error: unknown }) {
  if (error === null) return null;
  if (error instanceof PasskeyDeclined)
    return (
      <p role="alert" className="rounded-md border border-warn bg-warn-wash p-3">
        {error.message}
      </p>
    );
  return <ErrorNotice failure={readFailure(error)} hideIssues />;
}
