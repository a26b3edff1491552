import { invitations } from "@trenddojo/db";
import type { Desk } from "../../Desk.ts";
import type { InvitationView } from "../../wire/people.ts";
import { invitationView } from "./invitationView.ts";

/** Those that still let somebody in, newest first. */
export async function listInvitations(desk: Desk): Promise<InvitationView[]> {
  return (await invitations.listOpen(desk.db, desk.clock.now())).map(invitationView);
}
