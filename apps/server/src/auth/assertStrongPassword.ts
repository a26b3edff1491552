import { DeskError } from "../DeskError.ts";

/** The long ones among the passwords that are guessed first (lists of leaked passwords, ASVS 5.0 6.2.4). */
const COMMON = [
  "123456789012",
  "1234567890123",
  "12345678901234",
  "123456123456",
  "123123123123",
  "111111111111",
  "000000000000",
  "qwertyuiop12",
  "qwertyuiop123",
  "qwertyuiop[]",
  "qwerty123456",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "abcdefghijkl",
  "abc123456789",
  "password1234",
  "password12345",
  "passwordpassword",
  "letmeinletmein",
  "iloveyou1234",
  "administrator",
  "changemenow1",
  "correcthorsebatterystaple",
];

/** @throws DeskError WEAK_PASSWORD for a password that is guessed at once; its length is checked with the input. */
export function assertStrongPassword(password: string, username: string): void {
  const key = password.toLowerCase();
  const name = username.toLowerCase();
  const fault = COMMON.includes(key)
    ? "is on every list of common passwords"
    : new Set(key).size < 5
      ? "has fewer than 5 different characters"
      : name.length >= 3 && key.replaceAll(name, "").length < 8
        ? "is little more than your name"
        : key.replaceAll("trenddojo", "").length < 8
          ? "is little more than the desk's name"
          : null;
  if (fault === null) return;
  throw new DeskError("WEAK_PASSWORD", `This password ${fault}.`, {
    issues: [{ code: "WEAK_PASSWORD", field: "password", message: `This password ${fault}.`, params: {} }],
  });
}
