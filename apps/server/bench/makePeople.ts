import { createTestClient } from "../src/testing/createTestClient.ts";
import { OWNER, setUp } from "../src/testing/people.ts";
import type { JumpingClock } from "./JumpingClock.ts";

export const PASSWORD = OWNER.password;
/** Between two new people, so that the limit on guesses of passwords, which making one draws on, does not hold. */
const SIGN_UP_MS = 13_000;

/** So many traders with a paper account each. @returns their user names; the password of each is `PASSWORD` */
export async function makePeople(url: string, clock: JumpingClock, count: number): Promise<readonly string[]> {
  await using client = createTestClient(url);
  await setUp(client);
  const names = Array.from({ length: count }, (_, index) => `Trader${index}`);
  for (const username of names) {
    await client.api.auth.createUser.mutate({ username, password: PASSWORD, role: "trader" });
    clock.jump(SIGN_UP_MS);
  }
  return names;
}
