import type { ComponentProps, ReactNode } from "react";
import { CONTROL, Field } from "./Field.tsx";

interface TextFieldProps extends Omit<ComponentProps<"input">, "onChange" | "value"> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly help?: ReactNode;
  readonly problems?: readonly string[];
}

export function TextField({ label, value, onValue, help, problems, className, ...rest }: TextFieldProps) {
  return (
    <Field
      label={label}
      help={help}
      {...(problems === undefined ? {} : { problems })}
      {...(className === undefined ? {} : { className })}
    >
      {(ids) => (
        <input {...rest} {...ids} value={value} onChange={(event) => onValue(event.target.value)} className={CONTROL} />
      )}
    </Field>
  );
}
