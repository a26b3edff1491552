import type { Mode } from "./Mode.ts";

/** The inputs that a mode asks for, in their order. */
export function fieldsOfMode<Field extends { readonly modes?: readonly Mode[] | undefined }>(
  fields: readonly Field[],
  mode: Mode,
): readonly Field[] {
  return fields.filter(({ modes }) => modes === undefined || modes.includes(mode));
}
