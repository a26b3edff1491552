type FieldName = "quantity" | "price" | "stopPrice" | "timeInForce" | "other";

interface Issue {
  readonly field: string | null;
  readonly message: string;
}

/** The desk's objections by the field that they are about, each sentence once. */
export function issuesByField(issues: readonly Issue[]): Readonly<Record<FieldName, readonly string[]>> {
  const byField: Record<FieldName, string[]> = { quantity: [], price: [], stopPrice: [], timeInForce: [], other: [] };
  for (const { field, message } of issues) {
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
