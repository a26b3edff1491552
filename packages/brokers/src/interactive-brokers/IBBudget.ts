import type { BudgetTerms } from "../rate-limit/RequestBudget.ts";

/**
 * Messages a second: half as many as there are market data lines, so 50 for a new account. Of that 45 are spent, nine of them
 * on cancels and what makes a risk smaller. https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#requests-limitations
 */
export const MESSAGE_BUDGET: BudgetTerms = { limit: 50, windowMs: 1_000, spend: 0.9, reserve: 0.2 };
