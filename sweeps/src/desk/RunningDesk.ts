import type { DeskProcess } from "./DeskProcess.ts";

/** A desk of a run, whatever process it is in. */
export type RunningDesk = Pick<DeskProcess, "client" | "isAlive" | "facts">;
