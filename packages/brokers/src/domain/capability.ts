import type { Capability } from "./capabilities.ts";

/** `source`: the vendor's page, or the numbered rule of our own SPEC. */
export const supported = (source: string): Capability => ({ supported: true, source });

/** `reason`: why not, in words for the person at the ticket. */
export const unsupported = (source: string, reason: string): Capability => ({ supported: false, source, reason });
