import { useState } from "react";
import type { Ref } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { failureText } from "../../../lib/errorText.ts";
import { useDebounced } from "../../../lib/useDebounced.ts";
import { Combobox } from "../../../ui/Combobox.tsx";
import { useInstrumentSearch } from "../api/searchInstruments.ts";

interface InstrumentSearchProps {
  readonly connectionId: string;
  readonly label: string;
  readonly placeholder: string;
  readonly onChoose: (symbol: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Finds an instrument by symbol or name. */
export function InstrumentSearch({ connectionId, label, placeholder, onChoose, inputRef }: InstrumentSearchProps) {
  const [query, setQuery] = useState("");
  const settled = useDebounced(query, 120);
  const { data = [], error, isFetching } = useInstrumentSearch(connectionId, settled.trim().slice(0, 40));
  const emptyText =
    error !== null
      ? failureText(readFailure(error))
      : isFetching || settled !== query
        ? "Searching…"
        : `Nothing here is called “${query.trim()}”. Try a symbol such as AAPL or a part of the name.`;
  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      query={query}
      onQuery={setQuery}
      options={data.map((instrument) => ({
        id: instrument.symbol,
        label: instrument.symbol,
        detail: `${instrument.name} · ${instrument.exchange}`,
      }))}
      onChoose={(option) => {
        setQuery("");
        onChoose(option.id);
      }}
      emptyText={emptyText}
      {...(inputRef === undefined ? {} : { inputRef })}
    />
  );
}
