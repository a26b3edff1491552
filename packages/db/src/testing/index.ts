export { createTestDb } from "./createTestDb.ts";
export type { TestDb } from "./createTestDb.ts";
export { createServerTestDb, findTestServer } from "./createServerTestDb.ts";
export type { TestServer } from "./createServerTestDb.ts";
