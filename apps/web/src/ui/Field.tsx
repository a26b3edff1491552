import { useId } from "react";
import type { ReactNode } from "react";

/** Ids that tie a control to its label, help and problems. */
export interface FieldIds {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean;
}

interface FieldProps {
  readonly label: string;
  readonly help?: ReactNode;
  readonly problems?: readonly string[];
  readonly children: (ids: FieldIds) => ReactNode;
  readonly className?: string;
}

/** A labelled control with its help and its problems beside it. */
export function Field({ label, help, problems = [], children, className = "" }: FieldProps) {
  const id = useId();
  const described = [help === undefined ? "" : `${id}-help`, problems.length === 0 ? "" : `${id}-problems`]
    .join(" ")
    .trim();
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": problems.length > 0,
      })}
      {help === undefined ? null : (
        <div id={`${id}-help`} className="text-xs text-muted">
          {help}
        </div>
      )}
      {problems.length === 0 ? null : (
        <ul id={`${id}-problems`} className="text-xs text-bad">
          {problems.map((problem) => (
            <li key={problem}>
              <span aria-hidden>✕ </span>
              {problem}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The look of every text input and select. */
export const CONTROL =
  "num h-8 w-full min-w-0 rounded-md border border-strong-line/60 bg-panel px-2 text-ink placeholder:text-muted hover:border-strong-line aria-invalid:border-bad disabled:opacity-60";
