import { TriangleAlert } from "lucide-react";
import { formatDecimal, MONEY, signOf } from "../../../lib/decimalText.ts";

/** Says that equity does not reach maintenance margin, and by how much; nothing while it does. */
export function MarginCallAlert({ deficit }: { readonly deficit: string | null }) {
  if (signOf(deficit) <= 0) return null;
  return (
    <p role="alert" className="flex items-start gap-2 border-b border-line bg-bad-wash px-4 py-2 text-bad">
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span>
        <strong>Margin call: equity is {formatDecimal(deficit, MONEY)} below maintenance margin.</strong> Orders that
        reduce positions still go.
      </span>
    </p>
  );
}
