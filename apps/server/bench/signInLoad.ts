// The other end of signIn.ts, in a process of its own: signs everybody in at once, again and again.
import { createTestClient } from "../src/testing/createTestClient.ts";

export interface SignInTask {
  readonly url: string;
  readonly people: readonly string[];
  readonly password: string;
  readonly rounds: number;
}

const task = await new Promise<SignInTask>((resolve) => process.once("message", resolve));
const times: number[] = [];
for (let round = 0; round < task.rounds; round += 1) {
  await Promise.all(
    task.people.map(async (username) => {
      await using client = createTestClient(task.url);
      const from = performance.now();
      await client.api.auth.signIn.mutate({ username, password: task.password });
      times.push(performance.now() - from);
    }),
  );
}
process.send?.(times, () => process.disconnect());
