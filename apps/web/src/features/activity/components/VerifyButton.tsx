import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { failureText } from "../../../lib/errorText.ts";
import { Button } from "../../../ui/Button.tsx";
import { useVerifyActivity } from "../api/verifyActivity.ts";

/** Checks that no entry of the log was changed or taken out. */
export function VerifyButton() {
  const [asked, setAsked] = useState(false);
  const { data, error, isFetching, refetch } = useVerifyActivity(asked);
  const verify = () => {
    if (asked) void refetch();
    else setAsked(true);
  };
  return (
    <>
      <output className={data?.ok === false || error !== null ? "text-bad" : "text-muted"}>
        {isFetching
          ? "Checking…"
          : error !== null
            ? failureText(readFailure(error))
            : data === undefined
              ? ""
              : data.ok
                ? `All ${data.rows} entries are as they were written${data.checkpoints === 0 ? "" : `, by ${data.checkpoints} signed checkpoints`}.`
                : data.firstBad === null && data.fault !== null
                  ? `The checkpoints are not in order: ${data.fault}.`
                  : `Entry ${data.firstBad?.sequence ?? "?"} of ${data.firstBad?.chain ?? "the log"} has been changed.`}
      </output>
      <Button onClick={verify} disabled={isFetching}>
        Verify the log
      </Button>
    </>
  );
}
