import { createHash, randomBytes } from "node:crypto";

/** 32 random bytes, for a link or a program: shown once, kept only as its digest. */
export function newSecretToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret that holds at least 80 random bits: its SHA-256, 64 hexadecimal digits. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
