import { useId } from "react";

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabledReason?: string | undefined;
}

interface ChoiceGroupProps<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onValue: (value: Value) => void;
  readonly hideLegend?: boolean;
  readonly disabled?: boolean;
  /** Colours the chosen one, beside its shape. */
  readonly toneOf?: (value: Value) => string;
}

const CHOSEN = "bg-raised text-ink border-strong-line";

/** Native radio buttons that look like a segmented control. */
export function ChoiceGroup<Value extends string>({
  legend,
  value,
  choices,
  onValue,
  hideLegend = false,
  disabled = false,
  toneOf,
}: ChoiceGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className={hideLegend ? "sr-only" : "mb-1 text-xs text-muted"}>{legend}</legend>
      <div className="flex flex-wrap gap-1">
        {choices.map((choice) => {
          const chosen = choice.value === value;
          return (
            <label
              key={choice.value}
              title={choice.disabledReason}
              className={`inline-flex min-h-7 flex-1 cursor-pointer items-center justify-center rounded-md border px-2.5 whitespace-nowrap has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:cursor-not-allowed has-disabled:opacity-60 pointer-coarse:min-h-11 ${chosen ? (toneOf?.(choice.value) ?? CHOSEN) : "border-line text-muted hover:text-ink"}`}
            >
              <input
                type="radio"
                name={name}
                value={choice.value}
                checked={chosen}
                disabled={choice.disabledReason !== undefined}
                onChange={() => onValue(choice.value)}
                className="sr-only"
              />
              {choice.label}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
