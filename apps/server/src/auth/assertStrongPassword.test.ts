import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { newPassword } from "../wire/auth.ts";
import { assertStrongPassword } from "./assertStrongPassword.ts";

/** The passwords of these that are taken. */
async function takenOf(passwords: readonly string[], username: string): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const password of passwords) {
    await assertStrongPassword(password, username).then(
      () => taken.push(password),
      (error: unknown) => expect(error).toMatchObject({ code: "WEAK_PASSWORD", issues: [{ field: "password" }] }),
    );
  }
  return taken;
}

it("[SV440] refuses the passwords that are used most, in any case, more than 3,000 of them that are long enough", async () => {
  const list = await readFile(new URL("commonPasswords.txt", import.meta.url), "utf8");
  const common = list.trimEnd().split("\n");
  expect(common.filter((each) => newPassword.safeParse(each).success).length).toBeGreaterThan(3_000);
  expect(common).toEqual([...new Set(common.map((each) => each.toLowerCase()))].toSorted());
  const some = common.filter((_, index) => index % 500 === 0);
  expect(await takenOf([...some, "1QAZ2wsx3edc", "correctHorseBatteryStaple"], "Ada")).toEqual([]);
});

it("[SV441] refuses what is little more than the name and the words that anyone would try here, however disguised", async () => {
  const passwords = [
    "TrendDojo2026",
    "tr3nd-d0j0 2026!",
    "Interactive Brokers 1",
    "alpaca paper trading",
    "P@ssw0rd trading",
    "gracehopper1234",
    "Gr4ce H0pper 123",
    "aaaaaaaaaaaabbb",
  ];
  expect(await takenOf(passwords, "Grace Hopper")).toEqual([]);
});

it("[SV441] takes what holds more than that", async () => {
  const passwords = ["four unrelated words", "trading with an old umbrella", "ada likes green mountains"];
  expect(await takenOf(passwords, "Ada")).toEqual(passwords);
});
