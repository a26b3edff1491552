/** A secret that is found again whole or in part, and is in no other text. */
export function canaryOf(index: number): string {
  return `PKcAnaRy${String(index).padStart(6, "0")}xQ7vZ2mN9`;
}

/** Part of each. */
export const CANARY = /cAnaRy/i;
