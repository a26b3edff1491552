import type { WhyView } from "@trenddojo/server/wire";
import { InstantText } from "../../../ui/InstantText.tsx";
import { whyNumbers } from "../model/whyNumbers.ts";

/** One explanation: its sentence, the rule that spoke, and the numbers that it spoke by. */
export function WhyText({ why }: { readonly why: WhyView }) {
  const numbers = whyNumbers(why);
  return (
    <>
      <p>
        {why.text}
        {why.rule === "" ? null : (
          <>
            {" "}
            <code className="rounded border border-line bg-raised px-1 text-2xs whitespace-nowrap text-muted">
              {why.rule}
            </code>
          </>
        )}
      </p>
      {numbers.length === 0 ? null : (
        <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1.5">
          {numbers.map((number) => (
            <div key={number.label} className="min-w-0">
              <dt className="text-xs text-muted">{number.label}</dt>
              <dd className="num break-words">
                {"instant" in number ? <InstantText at={number.instant} /> : number.text}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
