import type { BrokerCard } from "@trenddojo/server/wire";
import type { CallFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { SelectField } from "../../../ui/SelectField.tsx";
import { TextField } from "../../../ui/TextField.tsx";

interface CredentialFieldsProps {
  readonly fields: readonly BrokerCard["credentialFields"][number][];
  readonly values: Readonly<Record<string, string>>;
  /** Required fields that were left empty. */
  readonly missing: ReadonlySet<string>;
  readonly failure: CallFailure | null;
  readonly onValue: (name: string, value: string) => void;
}

/** A form made from data: any broker's, with no line of code about any of them. */
export function CredentialFields({ fields, values, missing, failure, onValue }: CredentialFieldsProps) {
  return fields.map((field) => {
    const problems = [
      ...(missing.has(field.name) ? [`Enter the ${field.label.toLowerCase()}.`] : []),
      ...fieldProblems(failure, field.name),
    ];
    const shared = {
      label: field.required ? field.label : `${field.label} (optional)`,
      value: values[field.name] ?? "",
      onValue: (value: string) => onValue(field.name, value),
      problems,
      help: field.help,
    };
    switch (field.kind) {
      case "choice":
        return <SelectField key={field.name} {...shared} options={field.choices ?? []} />;
      case "secret":
        return (
          <TextField key={field.name} {...shared} type="password" autoComplete="off" placeholder={field.placeholder} />
        );
      case "number":
        return (
          <TextField
            key={field.name}
            {...shared}
            inputMode="numeric"
            autoComplete="off"
            placeholder={field.placeholder}
          />
        );
      case "text":
        return (
          <TextField
            key={field.name}
            {...shared}
            autoComplete="off"
            spellCheck={false}
            placeholder={field.placeholder}
          />
        );
    }
  });
}
