import { Secret, TOTP } from "otpauth";

const PERIOD_SECONDS = 30;
/** A code of the step before or after is taken too: clocks differ (RFC 6238 5.2). */
const WINDOW = 1;

/** 20 random bytes in base32, as an authenticator app takes them (RFC 4226 4, R6). */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/**
 * The time step whose code this is, of the present one and its two neighbours; null for none of them. Whether it was
 * taken before is the caller's to know. @param now epoch milliseconds
 */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const delta = app(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

/** The code that an app shows at this instant. */
export function codeAt(secret: string, now: number): string {
  return app(secret).generate({ timestamp: now });
}

/** What the QR code says. @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function totpAddress(secret: string, username: string): string {
  return new TOTP({ ...OPTIONS, issuer: "TrendDojo", label: username, secret: Secret.fromBase32(secret) }).toString();
}

/** What every app understands. */
const OPTIONS = { algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS } as const;

function app(secret: string): TOTP {
  return new TOTP({ ...OPTIONS, secret: Secret.fromBase32(secret) });
}
