import { useMutation } from "@tanstack/react-query";
import { readFailure } from "../../../lib/deskError.ts";
import { failureText } from "../../../lib/errorText.ts";
import { saveFile } from "../../../lib/saveFile.ts";
import { Button } from "../../../ui/Button.tsx";
import { MOST_EXPORTED, useFetchActivity } from "../api/fetchActivity.ts";
import type { queryOf } from "../model/ActivityFilters.ts";
import { exportActivity, FORMATS, type Format } from "../model/exportActivity.ts";

/** Saves what matches as a file. */
export function ExportButtons({ query }: { readonly query: ReturnType<typeof queryOf> }) {
  const fetchAll = useFetchActivity();
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: async (format: Format) => {
      const entries = await fetchAll(query);
      saveFile(`activity.${format}`, FORMATS[format], exportActivity(entries, format));
      return entries.length;
    },
  });
  return (
    <>
      <output className={error === null ? "text-xs text-muted" : "text-xs text-bad"}>
        {isPending
          ? "Collecting…"
          : error !== null
            ? failureText(readFailure(error))
            : data === undefined
              ? ""
              : data === MOST_EXPORTED
                ? `Saved the newest ${data} entries; the command line exports all.`
                : `Saved ${data} entries.`}
      </output>
      <Button size="small" disabled={isPending} onClick={() => mutate("csv")}>
        Export CSV
      </Button>
      <Button size="small" disabled={isPending} onClick={() => mutate("jsonl")}>
        Export JSONL
      </Button>
    </>
  );
}
