import type { TestClient } from "./createTestClient.ts";

export const OWNER = { username: "Ada", password: "four unrelated words" } as const;

/** Sets the desk up and answers the owner's built-in account and connection. */
export async function setUp(client: TestClient) {
  await client.api.auth.setUp.mutate(OWNER);
  return builtIn(client);
}

/** The built-in account of whoever is signed in. */
export async function builtIn(client: TestClient) {
  const [account] = await client.api.accounts.list.query();
  if (account === undefined) throw new Error("there is no account");
  return { accountId: account.id, connectionId: account.connectionId };
}

/** Signs in with what else is known of a person left out. */
export async function signInAs(
  client: TestClient,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  await client.api.auth.signIn.mutate({ username, password });
}
