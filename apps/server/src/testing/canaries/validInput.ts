import { z } from "zod";

/** What is planted in an input: where a secret belongs, where a person writes what others may read, and ids that exist. */
export interface Planting {
  readonly secret: string;
  readonly text: string;
  /** By the name of the field: ids of what there is. */
  readonly known: Readonly<Record<string, string>>;
}

const node = z.looseObject({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  allOf: z.array(z.unknown()).optional(),
});

/** Fields whose content is secret, and all that is below them. */
const SECRET = /password|token|ticket|^code$|secret|credentials|passkey|assertion|attestation|^url$|signingKey/i;
/** What is tried where a string must be of another kind, one after the other. */
const OTHERS = [
  "AAPL",
  "1",
  "123456",
  "2026-11-20",
  "2026-11-20T14:30:00.000Z",
  "A1B2",
  "0192f0c1-2345-7abc-8def-0123456789ab",
];
const ROUNDS = 60;

/**
 * An input that `schemas` take, with the secret in every string that takes one and is secret, and the text in every other;
 * null where none was found. Only ids of what exists stand where `known` has them.
 */
export function validInput(schemas: readonly unknown[], planting: Planting): unknown {
  const parsers = schemas.filter((each): each is z.ZodType => each instanceof z.ZodType);
  const [schema, ...others] = parsers;
  if (schema === undefined) return null;
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  /** By path: how many of its choices were refused. */
  const refused = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const input = build(shape, [], { ...planting, refused });
    const result = schema.safeParse(input);
    if (result.success) return others.every((each) => each.safeParse(input).success) ? input : null;
    for (const { path } of result.error.issues) {
      const at = path.join(".");
      refused.set(at, (refused.get(at) ?? 0) + 1);
    }
  }
  return null;
}

function build(
  shape: unknown,
  path: readonly string[],
  planting: Planting & { readonly refused: ReadonlyMap<string, number> },
): unknown {
  const schema = node.parse(typeof shape === "object" ? shape : {});
  const turn = planting.refused.get(path.join(".")) ?? 0;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[turn % schema.enum.length];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return build(choices[turn % choices.length], path, planting);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((each) => build(each, path, planting)));
  const field = path.findLast((each) => !/^\d+$/.test(each)) ?? "";
  switch (schema.type) {
    case "object": {
      // A record of a broker's keys has no fields of its own.
      const fields = schema.properties ?? { keyId: { type: "string" }, secretKey: { type: "string" } };
      return Object.fromEntries(
        Object.entries(fields).map(([name, each]) => [name, build(each, [...path, name], planting)]),
      );
    }
    case "array":
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, (_, index) =>
        build(schema.items, [...path, String(index)], planting),
      );
    case "number":
    case "integer":
      return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case "boolean":
      return turn % 2 === 1;
    case "null":
      return null;
    case undefined:
    default: {
      const known = planting.known[field];
      const planted = path.some((each) => SECRET.test(each)) ? planting.secret : planting.text;
      const strings = [...(known === undefined ? [] : [known]), planted, planted.slice(-12), planted.toUpperCase()];
      strings.push(planted.toLowerCase(), `https://127.0.0.1:9/${planted}`, ...OTHERS);
      return strings[turn % strings.length];
    }
  }
}
