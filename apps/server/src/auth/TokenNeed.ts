/**
 * What a token must be good for to call a procedure: to read; to stop what was begun; to give orders. `none`: no token
 * may, it wants a person's session.
 */
export type TokenNeed = "none" | "read" | "stop" | "order";
