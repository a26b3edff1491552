/** Fields as the body of a frame. */
export function bodyOf(...fields: readonly (string | number)[]): Buffer {
  return Buffer.from(fields.map((field) => `${field}\0`).join(""), "latin1");
}

/** The fields of a frame's body. */
export function fieldsOf(body: Buffer): readonly string[] {
  return body.toString("latin1").split("\0").slice(0, -1);
}
