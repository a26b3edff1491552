/** An execution and which reading of it: a correction comes as the same execution with a higher last part. */
export interface ExecutionName {
  /** What all readings have in common; the execution's id for the desk. */
  readonly base: string;
  readonly revision: number;
}

const CORRECTED = /^(.+)\.(\d{1,9})$/;

/**
 * "0000e0d5.69dd7411.01.02" corrects "0000e0d5.69dd7411.01.01":
 * https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#exec-details
 */
export function readExecutionId(execId: string): ExecutionName {
  const match = CORRECTED.exec(execId);
  return match === null ? { base: execId, revision: 0 } : { base: match[1] ?? execId, revision: Number(match[2]) };
}
