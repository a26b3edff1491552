import type { OrderIssue, ValidationResult } from "../domain/validation.ts";
import { sentenceOf } from "./orderRules.ts";

/** The spec's answer: bare sentences in `errors`, and beside each, in the same order, the issue with its numbers. */
export function toValidationResult(issues: readonly OrderIssue[]): ValidationResult {
  return { isValid: issues.length === 0, errors: issues.map(sentenceOf), issues };
}
