import type { PreviewView, WireIssue } from "@trenddojo/server/wire";

type FieldName = "quantity" | "price" | "stopPrice" | "timeInForce" | "other";

/** The desk's objections by the field that they are about; the preview and the refusal may say the same, once. */
export function issuesByField(preview: PreviewView["issues"], refusal: readonly WireIssue[]): Readonly<Record<FieldName, readonly string[]>> {
  const byField: Record<FieldName, string[]> = { quantity: [], price: [], stopPrice: [], timeInForce: [], other: [] };
  for (const { field, message } of [...preview, ...refusal]) {
    const list = byField[fieldName(field)];
    if (!list.includes(message)) list.push(message);
  }
  return byField;
}

/** A refusal names a field by its path ("order.quantity"). */
function fieldName(field: string | null): FieldName {
  const last = field?.split(".").at(-1);
  return last === "quantity" || last === "price" || last === "stopPrice" || last === "timeInForce" ? last : "other";
}
