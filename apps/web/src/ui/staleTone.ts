/** How a number looks that is too old to act on; a word beside it says so as well. */
export const STALE_TONE = "text-muted italic";
