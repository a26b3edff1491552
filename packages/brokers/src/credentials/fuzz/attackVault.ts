import { BrokerCredentialStore } from "../../BrokerCredentialStore.ts";
import type { Random } from "../../domain/Random.ts";
import { SystemClock } from "../../SystemClock.ts";
import type { CredentialScope } from "../CredentialScope.ts";
import { formatEnvelope, parseEnvelope } from "../envelope.ts";
import { VaultError } from "../VaultError.ts";
import { MemoryVault, scopeOf } from "./MemoryVault.ts";

export interface AttackSizes {
  readonly envelopes: number;
  readonly swaps: number;
}

export interface AttackResult {
  readonly bitFlips: number;
  readonly swaps: number;
  /** What opened though it must not. */
  readonly accepted: number;
}

/**
 * Every single-bit flip of every byte of IV, ciphertext and tag of `envelopes`, and of their text; then `swaps` of an
 * envelope into the row of another user, broker, mode, connection or version. Nothing may open.
 */
export async function attackVault({ envelopes, swaps }: AttackSizes, random: Random): Promise<AttackResult> {
  const tables = new MemoryVault();
  using vault = new BrokerCredentialStore({
    keyEncryptionKey: tables.openKeys().ring,
    dataKeys: tables,
    clock: new SystemClock(),
  });
  const sealed = await Promise.all(
    Array.from({ length: envelopes }, async (_, index) => {
      const scope = scopeOf(index);
      return { scope, envelope: await vault.seal(scope, { keyId: `PK${index}`, secretKey: `secret-${index}` }) };
    }),
  );
  let bitFlips = 0;
  let accepted = 0;
  const attempt = async (scope: CredentialScope, envelope: string): Promise<void> => {
    if (await opens(vault, scope, envelope)) accepted += 1;
  };
  for (const { scope, envelope } of sealed) {
    for (const flipped of flips(envelope)) {
      await attempt(scope, flipped);
      bitFlips += 1;
    }
  }
  for (let swap = 0; swap < swaps; swap += 1) {
    const from = sealed[random.integer(sealed.length)];
    const onto = sealed[random.integer(sealed.length)];
    if (from === undefined || onto === undefined) continue;
    await attempt(moved(from.scope, onto.scope, swap, random), from.envelope);
  }
  return { bitFlips, swaps, accepted };
}

function* flips(envelope: string): Generator<string> {
  const parsed = parseEnvelope(envelope);
  for (const part of ["iv", "ciphertext", "tag"] as const) {
    for (let bit = 0; bit < parsed[part].length * 8; bit += 1) {
      yield formatEnvelope({ ...parsed, [part]: flipped(parsed[part], bit) });
    }
  }
  // And of the text itself: versions, key ids, dots and the unused bits of the last characters.
  const text = Buffer.from(envelope, "latin1");
  for (let bit = 0; bit < text.length * 8; bit += 1) yield flipped(text, bit).toString("latin1");
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = bit >> 3;
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit & 7)), at);
  return copy;
}

/** `from`, with one or more of its parts changed to those of `onto` or to others. */
function moved(from: CredentialScope, onto: CredentialScope, swap: number, random: Random): CredentialScope {
  switch (swap % 5) {
    case 0:
      return onto.connectionId === from.connectionId ? { ...onto, rowVersion: from.rowVersion + 1 } : onto;
    case 1:
      return { ...from, userId: scopeOf(Number(from.userId.slice(2)) + 1 + random.integer(19)).userId };
    case 2:
      return { ...from, broker: random.integer(2) === 0 ? "interactive_brokers" : "alpaca " };
    case 3:
      return { ...from, mode: from.mode === "live" ? "paper" : "live" };
    default:
      return { ...from, rowVersion: from.rowVersion + 1 + random.integer(1_000) };
  }
}

async function opens(vault: BrokerCredentialStore, scope: CredentialScope, envelope: string): Promise<boolean> {
  try {
    await vault.open(scope, envelope);
    return true;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}
