import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Operation {
  readonly responses: Readonly<
    Record<
      string,
      { readonly $ref?: string; readonly content?: { readonly "application/json"?: { readonly schema?: Schema } } }
    >
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** What an answer has against it; nothing where it is as documented. */
export interface Findings {
  /** "POST /v2/orders", null where no path of the document is like this. */
  readonly operation: string | null;
  readonly isStatusDocumented: boolean;
  /** Where the body breaks the schema. */
  readonly errors: readonly string[];
  /** Fields that the schema does not know, as "GET /v2/account: crypto_tier". */
  readonly unknownFields: readonly string[];
}

/** One of the vendor's OpenAPI 3.0 documents, to hold answers against. */
export class OpenApiDocument {
  readonly #document: Document;
  readonly #ajv: Ajv;
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(name: "trading-api" | "market-data-api") {
    const file = new URL(`../../../openapi/${name}.json`, import.meta.url);
    this.#document = JSON.parse(readFileSync(file, "utf8"));
    this.#ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(this.#ajv);
    // Formats of OpenAPI that say how wide a number is: JSON Schema does not know them.
    for (const format of ["double", "decimal", "int64", "uint64", "int32", "uint32"]) this.#ajv.addFormat(format, true);
    this.#ajv.addSchema(this.#document, "document");
  }

  check(method: string, path: string, status: number, body: unknown): Findings {
    const found = this.#find(method, path);
    if (found === undefined) return { operation: null, isStatusDocumented: false, errors: [], unknownFields: [] };
    const [template, operation] = found;
    const name = `${method} ${template}`;
    const response = operation.responses[String(status)];
    const schema = response?.content?.["application/json"]?.schema;
    const validate = schema === undefined ? undefined : this.#validator(`${name} ${status}`, schema);
    const isValid = validate?.(body) ?? true;
    return {
      operation: name,
      isStatusDocumented: response !== undefined,
      errors: isValid ? [] : (validate?.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`),
      unknownFields:
        schema === undefined ? [] : [...new Set(this.#unknown(schema, body))].map((field) => `${name}: ${field}`),
    };
  }

  /** What a value has against one of the document's schemas, by name. */
  conformity(name: string, value: unknown): Pick<Findings, "errors" | "unknownFields"> {
    const schema = { $ref: `#/components/schemas/${name}` };
    const validate = this.#validator(name, schema);
    const errors = validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`);
    return { errors, unknownFields: this.#unknown(schema, value).map((field) => `${name}: ${field}`) };
  }

  #find(method: string, path: string): readonly [string, Operation] | undefined {
    const templates = Object.keys(this.#document.paths).toSorted((a, b) => a.split("{").length - b.split("{").length);
    for (const template of templates) {
      const pattern = template.replaceAll(/[.:]/g, String.raw`\$&`).replaceAll(/\{\w+\}/g, "[^/]+");
      const operation = this.#document.paths[template]?.[method.toLowerCase()];
      if (operation !== undefined && new RegExp(`^${pattern}$`).test(path)) return [template, operation];
    }
    return undefined;
  }

  #validator(name: string, schema: Schema): ValidateFunction {
    let validate = this.#validators.get(name);
    if (validate === undefined) {
      // References are to the document, not to the schema on its own.
      const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
      this.#validators.set(name, (validate = this.#ajv.compile(JSON.parse(text))));
    }
    return validate;
  }

  #unknown(schema: Schema, value: unknown): readonly string[] {
    const parts = this.#parts(schema);
    if (Array.isArray(value)) {
      const items = parts.find((part) => part.items !== undefined)?.items;
      return items === undefined ? [] : value.flatMap((each) => this.#unknown(items, each));
    }
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([field, each]) => {
      const known = parts.map((part) => part.properties?.[field]).find((found) => found !== undefined);
      if (known !== undefined) return this.#unknown(known, each).map((inner) => `${field}.${inner}`);
      const others = parts.map((part) => part.additionalProperties).find((found) => typeof found === "object");
      if (typeof others === "object") return this.#unknown(others, each);
      return parts.some(({ properties }) => properties !== undefined) ? [field] : [];
    });
  }

  /** A schema and what it is made of, references followed. */
  #parts(schema: Schema): readonly Schema[] {
    if (schema.$ref !== undefined) {
      const name = schema.$ref.split("/").at(-1) ?? "";
      const target = this.#document.components.schemas[name];
      return target === undefined ? [] : this.#parts(target);
    }
    const nested = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
    return [schema, ...nested.flatMap((part) => this.#parts(part))];
  }
}
