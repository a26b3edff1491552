import { useId, useState } from "react";
import type { KeyboardEvent, ReactNode, Ref } from "react";

export interface ComboboxOption {
  readonly id: string;
  readonly label: string;
  readonly detail: ReactNode;
}

interface ComboboxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly options: readonly ComboboxOption[];
  readonly onChoose: (option: ComboboxOption) => void;
  /** What to say while there are no options. */
  readonly emptyText: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/**
 * A text box with a list to choose from. The focus stays in the box; arrows move through the list.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function Combobox({
  label,
  placeholder,
  query,
  onQuery,
  options,
  onChoose,
  emptyText,
  inputRef,
}: ComboboxProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [activeIndex, setActiveIndex] = useState(0);
  const active = options[Math.min(activeIndex, options.length - 1)];
  const showsList = open && query.trim() !== "";

  const choose = (option: ComboboxOption) => {
    setOpen(false);
    setActiveIndex(0);
    onChoose(option);
  };
  const move = (step: number) => {
    setOpen(true);
    if (options.length > 0)
      setActiveIndex((Math.min(activeIndex, options.length - 1) + step + options.length) % options.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && showsList && active !== undefined) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };

  return (
    <div className="relative w-full">
      <input
        ref={inputRef}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={showsList}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={showsList && active !== undefined ? `${id}-${active.id}` : undefined}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder={placeholder}
        value={query}
        onChange={(event) => {
          onQuery(event.target.value);
          setActiveIndex(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-md border border-line bg-raised px-3 placeholder:text-muted hover:border-strong-line"
      />
      {/* oxlint-disable jsx-a11y/prefer-tag-over-role -- native lists of options cannot be steered from the box. */}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className={`absolute z-30 mt-1 max-h-80 w-full min-w-64 overflow-y-auto rounded-md border border-line bg-panel py-1 shadow-pop ${showsList && options.length > 0 ? "" : "hidden"}`}
      >
        {options.map((option) => (
          <div
            key={option.id}
            id={`${id}-${option.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={option === active}
            onPointerDown={(event) => {
              // Keeps the focus in the box: a blur would close the list before the choice is made.
              event.preventDefault();
              choose(option);
            }}
            className={`flex min-h-8 cursor-pointer items-center gap-2 px-3 ${option === active ? "bg-raised" : ""}`}
          >
            <span className="font-semibold">{option.label}</span>
            <span className="min-w-0 truncate text-muted">{option.detail}</span>
          </div>
        ))}
      </div>
      {/* oxlint-enable jsx-a11y/prefer-tag-over-role */}
      {showsList && options.length === 0 ? (
        <output className="absolute z-30 mt-1 w-full rounded-md border border-line bg-panel px-3 py-2 text-muted shadow-pop">
          {emptyText}
        </output>
      ) : null}
    </div>
  );
}
