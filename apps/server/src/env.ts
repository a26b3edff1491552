import { isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { alpacaSimulatorAt, type KeyEncryptionKey } from "@trenddojo/brokers";
import { z } from "zod";
import { isAddressRange } from "./http/TrustedProxies.ts";

/** Relative paths are meant from here, whatever folder the desk is started in. */
const REPOSITORY_ROOT = fileURLToPath(new URL("../../..", import.meta.url));

const path = z
  .string()
  .min(1)
  .transform((text) => (isAbsolute(text) ? text : resolve(REPOSITORY_ROOT, text)));

const origin = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text), {
    message: "must be an origin such as https://desk.example.org, without a path",
  });

const flag = z.enum(["0", "1"], { message: 'must be "1" (yes) or "0" (no)' }).transform((text) => text === "1");

const marketFeed = z
  .string()
  .regex(
    /^(synthetic(:\d{1,15})?|replay:.+)$/,
    'must be "synthetic", "synthetic:SEED" with a whole number, or "replay:FOLDER"',
  )
  .transform((text) =>
    text.startsWith("replay:")
      ? ({ kind: "replay", folder: path.parse(text.slice("replay:".length)) } as const)
      : ({ kind: "synthetic", seed: Number(text.split(":")[1] ?? "1") } as const),
  );

const alpacaSimulator = z.string().transform((text, context) => {
  try {
    const { href, origin } = new URL(text);
    if (href === `${origin}/`) return alpacaSimulatorAt(origin);
  } catch {
    // Said below.
  }
  context.addIssue("must be a simulator on this machine such as http://127.0.0.1:4711, without a path");
  return z.NEVER;
});

const versionedKey = z
  .string()
  .regex(
    /^([1-9]\d{0,8}:)?[A-Za-z0-9+/_-]{43}=?$/,
    "must be 32 bytes in base64 (openssl rand -base64 32), with its version before it from the second on: 2:KEY",
  )
  .transform((text): KeyEncryptionKey => {
    const [key = "", version = "1"] = text.split(":").reverse();
    return { version: Number(version), key: Buffer.from(key, "base64") };
  });

const schema = z.object({
  NODE_ENV: z
    .enum(["production", "development", "test"], { message: "must be production, development or test" })
    .default("production"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce
    .number({ message: "must be a port from 0 to 65535" })
    .int("must be a port from 0 to 65535")
    .min(0, "must be a port from 0 to 65535")
    .max(65_535, "must be a port from 0 to 65535")
    .default(3000),
  DATA_DIR: path.default(resolve(REPOSITORY_ROOT, ".data")),
  DATABASE_URL: z.string().optional(),
  MARKET_FEED: marketFeed.default({ kind: "synthetic", seed: 1 }),
  MARKET_SPEED: z
    .union([z.literal("max"), z.coerce.number().positive().max(100_000)], {
      message: 'must be a number above zero, or "max"',
    })
    .default(1),
  MARKET_START: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day in New York such as 09:30")
    .optional(),
  MARKET_HOURS: z.enum(["always", "exchange"], { message: 'must be "always" or "exchange"' }).default("always"),
  PUBLIC_ORIGIN: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(origin).min(1))
    .optional(),
  /** Whose X-Forwarded-For tells a caller's address; from anybody else it is not read. */
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .refine((ranges) => ranges.every(isAddressRange), {
      message: "must be addresses or ranges such as 10.0.0.5,10.1.0.0/16, without names",
    })
    .optional(),
  ALLOW_LIVE_TRADING: flag.default(false),
  /** In place of Alpaca's paper environment, for all of the desk's Alpaca paper connections. */
  ALPACA_SIMULATOR_URL: alpacaSimulator.optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      message: "must be fatal, error, warn, info, debug, trace or silent",
    })
    .default("warn"),
  /** Lets a scraper read /metrics without a session. */
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{24,256}$/, "must be 24 to 256 characters without spaces (openssl rand -base64 32)")
    .optional(),
  PAPER_STARTING_CASH: z
    .string()
    .regex(/^[1-9]\d{0,11}(\.\d{1,2})?$/, "must be an amount in dollars such as 100000")
    .default("100000"),
  /** The key that wraps all data keys, in place of the key file. */
  CREDENTIAL_KEY: versionedKey.optional(),
  /** The one before it, as long as a rotation needs it. */
  CREDENTIAL_KEY_PREVIOUS: versionedKey.optional(),
  /** Protects the key file. A file is better: other programs of the user may read an environment. */
  CREDENTIAL_PASSPHRASE: z.string().min(12, "must have at least 12 characters").optional(),
  /** The first line of this file is the passphrase; /dev/fd/3 reads it from a descriptor. */
  CREDENTIAL_PASSPHRASE_FILE: path.optional(),
  /** Where signed checkpoints of the audit log are kept outside the database: best on another disk. @default in DATA_DIR */
  AUDIT_CHECKPOINT_FILE: path.optional(),
  /** Set by `npm start`: the desk stops when this process is gone, for a killed npm leaves its child behind. */
  DESK_PARENT_PID: z.coerce.number({ message: "must be a process id" }).int().positive().optional(),
});
export type Env = z.infer<typeof schema>;

/** What the environment says is not usable; the message has one line for each fault. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

/**
 * The settings of the process; the only reader of its environment. Empty values count as absent.
 * @throws EnvError with the full list of what is wrong; it never repeats a value, which may be a secret.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.map(String).join(".")} ${issue.message}`);
    throw new EnvError(lines.join("\n"));
  }
  const env = parsed.data;
  if (env.ALLOW_LIVE_TRADING && env.NODE_ENV !== "production") {
    throw new EnvError(
      `ALLOW_LIVE_TRADING must be unset under NODE_ENV=${env.NODE_ENV}: tests and development never trade real money`,
    );
  }
  const { CREDENTIAL_KEY, CREDENTIAL_KEY_PREVIOUS, CREDENTIAL_PASSPHRASE, CREDENTIAL_PASSPHRASE_FILE } = env;
  if (CREDENTIAL_KEY_PREVIOUS !== undefined && CREDENTIAL_KEY_PREVIOUS.version >= (CREDENTIAL_KEY?.version ?? 0)) {
    throw new EnvError("CREDENTIAL_KEY_PREVIOUS must be of a lower version than CREDENTIAL_KEY: 1:OLD and 2:NEW");
  }
  if (CREDENTIAL_PASSPHRASE !== undefined && CREDENTIAL_PASSPHRASE_FILE !== undefined) {
    throw new EnvError("CREDENTIAL_PASSPHRASE and CREDENTIAL_PASSPHRASE_FILE are both set: keep one");
  }
  if (env.ALLOW_LIVE_TRADING && env.ALPACA_SIMULATOR_URL !== undefined) {
    throw new EnvError(
      "ALPACA_SIMULATOR_URL must be unset where ALLOW_LIVE_TRADING=1: a simulator never meets real money",
    );
  }
  return env;
}
