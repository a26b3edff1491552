import { expect, it } from "vitest";
import { newPassword } from "../wire/auth.ts";
import { Passwords } from "./Passwords.ts";

it("[SV572] a new password has 12 to 256 characters of any kind", () => {
  const isTaken = (password: string): boolean => newPassword.safeParse(password).success;
  const lengths = [8, 11, 12, 64, 256, 257];
  expect(lengths.filter((length) => isTaken("x".repeat(length)))).toEqual([12, 64, 256]);
  for (const password of ["            ", "0123456789012", "é✓ пароль 密码 x"]) expect(isTaken(password)).toBe(true);
});

it("[SV573] is kept as argon2id of 19 MiB and two passes, and is verified to its last character", async () => {
  const passwords = await Passwords.create();
  const password = "é".repeat(256);
  const stored = await passwords.hash(password);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.hash(password)).not.toBe(stored);
  expect(await passwords.verify(stored, password)).toBe(true);
  for (const other of [password.slice(1), `${password.slice(1)}e`, password.toUpperCase()])
    expect(await passwords.verify(stored, other)).toBe(false);
  expect(await passwords.verify(null, "nobody has this password")).toBe(false);
});
