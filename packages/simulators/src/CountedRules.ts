/** A rule that acts on its matches from the `nth` on, so many `times`. */
export interface CountedRule {
  readonly nth: number;
  readonly times: number;
}

interface ActiveRule<Rule> {
  readonly rule: Rule;
  matches: number;
}

/** The rules that are in force. Each counts what it matches; of several that are due the first added acts. */
export class CountedRules<Rule extends CountedRule> {
  readonly #rules = new Set<ActiveRule<Rule>>();

  /** Until it is disposed, or has acted as often as it should. */
  add(rule: Rule): Disposable {
    const active: ActiveRule<Rule> = { rule, matches: 0 };
    this.#rules.add(active);
    return { [Symbol.dispose]: () => this.#rules.delete(active) };
  }

  clear(): void {
    this.#rules.clear();
  }

  /** @param actOf what a rule would do, undefined where it does not match. */
  due<Act>(actOf: (rule: Rule) => Act | undefined): Act | undefined {
    let due: Act | undefined;
    for (const active of this.#rules) {
      const act = actOf(active.rule);
      if (act === undefined) continue;
      active.matches += 1;
      const { nth, times } = active.rule;
      if (due === undefined && active.matches >= nth) due = act;
      if (active.matches >= nth + times - 1) this.#rules.delete(active);
    }
    return due;
  }
}
