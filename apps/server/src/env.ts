import { isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

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
  ALLOW_LIVE_TRADING: flag.default(false),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      message: "must be fatal, error, warn, info, debug, trace or silent",
    })
    .default("warn"),
  PAPER_STARTING_CASH: z
    .string()
    .regex(/^[1-9]\d{0,11}(\.\d{1,2})?$/, "must be an amount in dollars such as 100000")
    .default("100000"),
  CREDENTIAL_KEY: z
    .string()
    .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64 (openssl rand -base64 32)")
    .transform((text) => Buffer.from(text, "base64"))
    .optional(),
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
  return env;
}
