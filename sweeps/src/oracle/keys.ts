/** What the desk signs in with at every simulator of a sweep. */
export const ORACLE_KEYS = { key: "SWEEP-KEY", secret: "sweep-secret" } as const;
/** Under which the desk is at every gateway of a sweep. */
export const CLIENT_ID = "7";
