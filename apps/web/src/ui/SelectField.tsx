import type { ReactNode } from "react";
import { CONTROL, Field } from "./Field.tsx";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Why it cannot be chosen; shown in its line. */
  readonly disabledReason?: string | undefined;
}

interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onValue: (value: Value) => void;
  readonly help?: ReactNode;
  readonly problems?: readonly string[];
  readonly disabled?: boolean;
  readonly className?: string;
}

/** A native select over a closed set of values. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  onValue,
  help,
  problems,
  disabled = false,
  className,
}: SelectFieldProps<Value>) {
  const choose = (text: string) => {
    const chosen = options.find((option) => option.value === text);
    if (chosen !== undefined) onValue(chosen.value);
  };
  return (
    <Field
      label={label}
      help={help}
      {...(problems === undefined ? {} : { problems })}
      {...(className === undefined ? {} : { className })}
    >
      {(ids) => (
        <select
          {...ids}
          value={value}
          disabled={disabled}
          onChange={(event) => choose(event.target.value)}
          className={CONTROL}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabledReason !== undefined}>
              {option.disabledReason === undefined ? option.label : `${option.label} (${option.disabledReason})`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
