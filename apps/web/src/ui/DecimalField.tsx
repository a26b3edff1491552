import { useState } from "react";
import type { KeyboardEvent, ReactNode, Ref } from "react";
import { parseDecimalInput, separatorsOf, showDecimal, stepDecimal } from "../lib/decimalInput.ts";
import { CONTROL, Field } from "./Field.tsx";

interface DecimalFieldProps {
  readonly label: string;
  /** A canonical decimal string, or the text that a person typed and that is none. */
  readonly value: string;
  /** Gets a canonical decimal string where the text is a number, the text itself where it is not. */
  readonly onValue: (value: string) => void;
  /** What one press of an arrow key adds, as a decimal string; ten of them with Shift. */
  readonly step: string;
  /** Where the arrow keys start from while the field is empty. */
  readonly stepFrom?: string | undefined;
  readonly help?: ReactNode;
  readonly problems?: readonly string[];
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly className?: string;
}

/** A number that never becomes a float: typed in the locale's writing, held as an exact decimal string. */
export function DecimalField({
  label,
  value,
  onValue,
  step,
  stepFrom,
  help,
  problems,
  disabled = false,
  placeholder,
  inputRef,
  className,
}: DecimalFieldProps) {
  const separators = separatorsOf();
  const [typed, setTyped] = useState<{ text: string; value: string } | null>(null);
  const text = typed !== null && typed.value === value ? typed.text : showDecimal(value, separators);

  const type = (next: string) => {
    const parsed = parseDecimalInput(next, separators) ?? next.trim();
    setTyped({ text: next, value: parsed });
    onValue(parsed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const steps = (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1);
    setTyped(null);
    onValue(stepDecimal(value === "" ? (stepFrom ?? "0") : value, step, steps));
  };

  return (
    <Field
      label={label}
      help={help}
      {...(problems === undefined ? {} : { problems })}
      {...(className === undefined ? {} : { className })}
    >
      {(ids) => (
        <input
          {...ids}
          ref={inputRef}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={text}
          disabled={disabled}
          placeholder={placeholder}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setTyped(null)}
          onKeyDown={onKeyDown}
          className={`${CONTROL} text-right`}
        />
      )}
    </Field>
  );
}
