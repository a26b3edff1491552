import { MODES } from "@trenddojo/brokers/domain";
import { Button } from "../../../ui/Button.tsx";
import { CONTROL, Field } from "../../../ui/Field.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { SUBJECTS, type ActivityFilters } from "../model/ActivityFilters.ts";

interface FilterBarProps {
  readonly filters: ActivityFilters;
  /** Those that change; undefined takes one away. */
  readonly onChange: (changes: { readonly [Key in keyof ActivityFilters]: ActivityFilters[Key] | undefined }) => void;
}

const ANY = "";
const KINDS = [
  { value: ANY, label: "Everything" },
  ...Object.entries(SUBJECTS).map(([value, label]) => ({ value, label })),
];
const MODE_OPTIONS = [{ value: ANY, label: "Any" }, ...MODES.map((value) => ({ value, label: value }))];

/** Which entries are shown. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { action, person, mode, from, to, search } = filters;
  const isFiltered = [action, person, mode, from, to, search].some((each) => each !== undefined);
  const orAny = (text: string) => (text === ANY ? undefined : text);
  return (
    <search className="flex flex-wrap items-end gap-3 border-b border-line p-3">
      <SelectField
        label="About"
        value={action ?? ANY}
        options={KINDS}
        onValue={(value) => onChange({ action: orAny(value) })}
        className="w-40"
      />
      <Field label="Person" className="w-36">
        {(ids) => (
          <input
            {...ids}
            type="search"
            maxLength={64}
            placeholder="anyone"
            defaultValue={person ?? ""}
            key={person ?? ""}
            onBlur={(event) => onChange({ person: orAny(event.target.value.trim()) })}
            onKeyDown={(event) => {
              if (event.key === "Enter") onChange({ person: orAny(event.currentTarget.value.trim()) });
            }}
            className={CONTROL}
          />
        )}
      </Field>
      <SelectField
        label="Mode"
        value={mode ?? ANY}
        options={MODE_OPTIONS}
        onValue={(value) => onChange({ mode: MODES.find((each) => each === value) })}
        className="w-24"
      />
      <Field label="First day" className="w-36">
        {(ids) => (
          <input
            {...ids}
            type="date"
            max={to}
            value={from ?? ""}
            onChange={(event) => onChange({ from: orAny(event.target.value) })}
            className={CONTROL}
          />
        )}
      </Field>
      <Field label="Last day" className="w-36">
        {(ids) => (
          <input
            {...ids}
            type="date"
            min={from}
            value={to ?? ""}
            onChange={(event) => onChange({ to: orAny(event.target.value) })}
            className={CONTROL}
          />
        )}
      </Field>
      {isFiltered ? (
        <Button
          tone="plain"
          onClick={() =>
            onChange({
              search: undefined,
              action: undefined,
              person: undefined,
              mode: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          Show everything
        </Button>
      ) : null}
    </search>
  );
}
