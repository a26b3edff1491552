import type { OrderIssue } from "../domain/validation.ts";
import type { RiskContext } from "./RiskInput.ts";

/** One rule's refusal, with its numbers; undefined where it lets the order go. */
export type RiskRule = (context: RiskContext) => OrderIssue | undefined;
