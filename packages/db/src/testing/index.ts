export { createTestDb } from "./createTestDb.ts";
export type { TestDb } from "./createTestDb.ts";
export { createDatabaseCopy, createEmptyDatabase, createServerTestDb, findTestServer } from "./createServerTestDb.ts";
export type { TestServer } from "./createServerTestDb.ts";
export { createTestStore } from "./createTestStore.ts";
