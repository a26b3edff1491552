import type { Role, TokenView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangeTokens, useTokens } from "../api/tokens.ts";
import { DAYS_OPTIONS, SCOPE_NAMES, scopeOptions } from "../model/tokenScopes.ts";

/** Tokens for programs: what each may do, until when, and the way to take it back. */
export function TokensPanel({ personRole }: { readonly personRole: Role }) {
  const tokens = useTokens();
  const { create, revoke } = useChangeTokens();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<TokenView["scope"]>("read");
  const [days, setDays] = useState<(typeof DAYS_OPTIONS)[number]["value"]>("30");
  const error = create.error ?? revoke.error;
  return (
    <div className="flex flex-col gap-3 p-4">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          revoke.reset();
          create.mutate({ name, scope, days: Number(days) }, { onSuccess: () => setName("") });
        }}
      >
        <TextField label="Name of the program" required maxLength={40} value={name} onValue={setName} />
        <SelectField label="It may" value={scope} options={scopeOptions(personRole)} onValue={setScope} />
        <SelectField label="It holds for" value={days} options={DAYS_OPTIONS} onValue={setDays} />
        <Button type="submit" disabled={create.isPending}>
          Make a token
        </Button>
      </form>
      {create.data === undefined ? null : (
        <TextField
          label={`Token for ${create.data.name}`}
          help="Sent as “Authorization: Bearer”. It is shown this once."
          readOnly
          value={create.data.token}
          onValue={() => undefined}
          onFocus={(event) => event.target.select()}
        />
      )}
      <ul>
        {tokens.map((token) => (
          <li key={token.id} className="flex min-h-(--row) flex-wrap items-center gap-x-4 border-t border-line">
            <span className="font-medium">{token.name}</span>
            {token.ending === null ? null : <span className="num text-muted">…{token.ending}</span>}
            <span>{SCOPE_NAMES[token.scope]}</span>
            <span className="text-xs text-muted">
              made <InstantText at={token.createdAt} /> · until <InstantText at={token.expiresAt} /> ·{" "}
              {token.lastUsedAt === null ? (
                "never used"
              ) : (
                <>
                  last used <InstantText at={token.lastUsedAt} />
                </>
              )}
            </span>
            <Button
              className="ml-auto"
              disabled={revoke.isPending}
              aria-label={`Revoke the token of ${token.name}`}
              onClick={() => {
                create.reset();
                revoke.mutate({ id: token.id });
              }}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {error === null ? null : <ErrorNotice failure={readFailure(error)} />}
    </div>
  );
}
