import { DecimalField } from "../../../ui/DecimalField.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { stopsLoss, takesProfit } from "../model/exitsDraft.ts";
import type { ExitsDraft } from "../model/exitsDraft.ts";
import { exitChoices } from "../model/ticketChoices.ts";
import { exitsOf } from "../model/ticketDraft.ts";
import { ExitHint } from "./ExitHint.tsx";
import type { TicketPart } from "./TicketPart.ts";

interface ExitFieldsProps extends TicketPart {
  /** The position in the instrument, below zero where it was sold short; undefined while it is not known. */
  readonly held: string | undefined;
}

/** The exits that go with an order; choosing them opens their fields, and only open fields are sent. */
export function ExitFields(props: ExitFieldsProps) {
  const { draft, edit, problemsOf, locked, instrument, capabilities, referencePrice, held } = props;
  const exits = exitsOf(draft);
  const { choice } = exits;
  const change = (changes: Partial<ExitsDraft>) => edit({ exits: { ...draft.exits, ...changes } });
  const priceField = {
    step: instrument.tickSize,
    stepFrom: draft.type === "limit" && draft.price !== "" ? draft.price : referencePrice,
    disabled: locked,
  };
  return (
    <>
      <SelectField
        label="Exits"
        value={choice}
        options={exitChoices(capabilities, draft, held)}
        // The profit of an OCO is the order's own limit.
        onValue={(next) =>
          edit({ exits: { ...draft.exits, choice: next }, ...(next === "oco" ? { type: "limit" } : {}) })
        }
        help={choice === "oco" ? "Two exits of what you hold: a profit at the limit above, and a stop." : undefined}
        problems={problemsOf("orderClass")}
        disabled={locked}
        className="col-span-2"
      />
      {takesProfit(choice) ? (
        <DecimalField
          {...priceField}
          label="Take profit"
          value={exits.takeProfit}
          onValue={(takeProfit) => change({ takeProfit })}
          problems={problemsOf("takeProfit")}
          className="col-span-2"
        />
      ) : null}
      {stopsLoss(choice) ? (
        <>
          <DecimalField
            {...priceField}
            label="Stop loss"
            value={exits.stopLoss}
            onValue={(stopLoss) => change({ stopLoss })}
            problems={problemsOf("stopLoss")}
          />
          <DecimalField
            {...priceField}
            label="Its limit (optional)"
            value={exits.stopLimit}
            onValue={(stopLimit) => change({ stopLimit })}
            problems={problemsOf("stopLimit")}
            placeholder="none"
          />
        </>
      ) : null}
      {choice === "none" ? null : <ExitHint draft={draft} referencePrice={referencePrice} />}
    </>
  );
}
