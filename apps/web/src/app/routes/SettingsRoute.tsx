import { WebhookPanel } from "../../features/alerts/components/WebhookPanel.tsx";
import { AppearanceForm } from "../../features/settings/components/AppearanceForm.tsx";
import { InvitationsPanel } from "../../features/settings/components/InvitationsPanel.tsx";
import { PasskeysPanel } from "../../features/settings/components/PasskeysPanel.tsx";
import { PasswordForm } from "../../features/settings/components/PasswordForm.tsx";
import { PeoplePanel } from "../../features/settings/components/PeoplePanel.tsx";
import { SecondFactorPanel } from "../../features/settings/components/SecondFactorPanel.tsx";
import { SessionsList } from "../../features/settings/components/SessionsList.tsx";
import { TokensPanel } from "../../features/settings/components/TokensPanel.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useShell } from "../shell/ShellContext.ts";

export function SettingsRoute() {
  const { user } = useShell();
  return (
    <div className="flex max-w-3xl flex-col gap-3">
      <PageHeader title="Settings" meta={`Signed in as ${user.username}`} />
      <Panel title="Appearance">
        <AppearanceForm />
      </Panel>
      <Panel title="Alerts">
        <WebhookPanel />
      </Panel>
      <Panel title="Sessions">
        <SessionsList />
      </Panel>
      <Panel title="Password">
        <PasswordForm username={user.username} />
      </Panel>
      <Panel title="Second factor">
        <SecondFactorPanel />
      </Panel>
      <Panel title="Passkeys">
        <PasskeysPanel />
      </Panel>
      <Panel title="API tokens">
        <TokensPanel personRole={user.role} />
      </Panel>
      {user.role === "owner" ? (
        <>
          <Panel title="People">
            <PeoplePanel />
          </Panel>
          <Panel title="Invitations">
            <InvitationsPanel />
          </Panel>
        </>
      ) : null}
    </div>
  );
}
