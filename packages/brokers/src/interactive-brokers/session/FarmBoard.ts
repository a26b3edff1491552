import type { GatewayNotice } from "./GatewayEvents.ts";

/** "Market data farm connection is broken:usfarm", "HMDS data farm connection is broken:ushmds" and "Sec-def data farm …". */
const BROKEN: ReadonlySet<number> = new Set([2103, 2105, 2157]);
/** 2104, 2106 and 2158 say that a farm is there, 2107 and 2108 that it is when asked. 2119: it is being connected. */
const SOUND: ReadonlySet<number> = new Set([2104, 2106, 2107, 2108, 2158]);
const MARKET_DATA = 2103;

/** The data farms that the gateway has told of, and which of them are broken. */
export class FarmBoard {
  readonly #broken = new Map<string, number>();

  /** @returns whether the notice says that a farm is sound. */
  take({ code, message }: GatewayNotice): boolean {
    const farm = message.slice(message.lastIndexOf(":") + 1).trim();
    if (BROKEN.has(code)) this.#broken.set(farm, code);
    if (!SOUND.has(code)) return false;
    this.#broken.delete(farm);
    return true;
  }

  /** Those that prices come from and that are broken now. */
  get brokenMarketData(): readonly string[] {
    return [...this.#broken].filter(([, code]) => code === MARKET_DATA).map(([farm]) => farm);
  }

  clear(): void {
    this.#broken.clear();
  }
}
