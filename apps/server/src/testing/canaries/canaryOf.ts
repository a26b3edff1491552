/** A secret that is found again whole or in part, and is in no other text. */
export function canaryOf(index: number): string {
  return `PKcAnaRy${String(index).padStart(6, "0")}xQ7vZ2mN9`;
}

/** Part of each. */
export const CANARY = /cAnaRy/i;

/** What a person writes for others to read: it may be in replies, frames and tables, and in no log. */
export function noteOf(index: number): string {
  return `NoTePlAnT${String(index).padStart(6, "0")}`;
}

/** Part of each. */
export const NOTE = /oTePlAnT/i;
