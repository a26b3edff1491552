import { usePreferences } from "../../../lib/desk.ts";
import { formatInstant, ZONE_NAMES } from "../../../lib/timeText.ts";
import { fromWallTime, toWallTime } from "../../../lib/wallTime.ts";
import { CONTROL, Field } from "../../../ui/Field.tsx";
import { reasonOf } from "../model/ticketChoices.ts";
import { UNREADABLE } from "../model/ticketDraft.ts";
import type { TicketPart } from "./TicketPart.ts";

/** When an order that works until canceled ends by itself: on the person's clock, and told on the market's. */
export function ExpiryField({ draft, edit, problemsOf, locked, capabilities }: TicketPart) {
  const [{ timeZone }] = usePreferences();
  const reason = reasonOf(capabilities.goodTillDate);
  const { expiresAt } = draft;
  const isWhole = expiresAt !== "" && expiresAt !== UNREADABLE;
  const help = isWhole
    ? `${formatInstant(expiresAt, "exchange")} market time`
    : expiresAt === UNREADABLE
      ? "Not a whole date and time yet"
      : "Works until you cancel it";
  // A half-typed date is no change of the field's value, so it is read after every key.
  const read = (input: HTMLInputElement) => {
    const isEmpty = input.value === "" && !input.validity.badInput;
    const next = isEmpty ? "" : (fromWallTime(input.value, timeZone) ?? UNREADABLE);
    if (next !== expiresAt) edit({ expiresAt: next });
  };
  return (
    <Field
      label={`Ends at, ${ZONE_NAMES[timeZone]} (optional)`}
      help={reason ?? help}
      problems={problemsOf("expiresAt")}
      className="col-span-2"
    >
      {(ids) => (
        <input
          {...ids}
          type="datetime-local"
          value={isWhole ? toWallTime(expiresAt, timeZone) : ""}
          // Keeps the year to four digits.
          max="9999-12-31T23:59"
          disabled={locked || reason !== undefined}
          onChange={(event) => read(event.target)}
          onKeyUp={(event) => read(event.currentTarget)}
          onBlur={(event) => read(event.currentTarget)}
          className={CONTROL}
        />
      )}
    </Field>
  );
}
