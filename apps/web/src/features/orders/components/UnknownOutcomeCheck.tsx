interface UnknownOutcomeCheckProps {
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChecked: (checked: boolean) => void;
}

/** An order like this may be working already, and nobody knows yet: a person has to say that this one is meant beside it. */
export function UnknownOutcomeCheck({ checked, disabled, onChecked }: UnknownOutcomeCheckProps) {
  return (
    <label className="flex min-h-6 items-start gap-2 rounded-md border border-warn bg-warn-wash p-2 text-warn">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      />
      <span>I know that an order on this side may be working already, and mean this one beside it.</span>
    </label>
  );
}
