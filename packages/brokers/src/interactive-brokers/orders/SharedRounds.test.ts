import { describe, expect, it } from "vitest";
import { SharedRounds } from "./SharedRounds.ts";

describe("SharedRounds", () => {
  it("[IB24] who asks while it is being asked is answered by the next asking, which all of them share", async () => {
    const answers: ((value: number) => void)[] = [];
    const rounds = new SharedRounds(() => new Promise<number>((resolve) => answers.push(resolve)));
    const first = rounds.run();
    const others = [rounds.run(), rounds.run()];
    expect(answers).toHaveLength(1);
    answers[0]?.(1);
    expect(await first).toBe(1);
    await new Promise(setImmediate);
    expect(answers).toHaveLength(2);
    answers[1]?.(2);
    expect(await Promise.all(others)).toEqual([2, 2]);
    const last = rounds.run();
    answers[2]?.(3);
    expect(await last).toBe(3);
  });

  it("[IB24] a round that fails fails for those that asked it, and the next one begins all the same", async () => {
    let round = 0;
    const rounds = new SharedRounds(() => {
      round += 1;
      return round === 1 ? Promise.reject(new Error("lost")) : Promise.resolve(round);
    });
    const [first, second] = await Promise.allSettled([rounds.run(), rounds.run()]);
    expect(first.status).toBe("rejected");
    expect(second).toMatchObject({ status: "fulfilled", value: 2 });
  });
});
