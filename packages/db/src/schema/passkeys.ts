import type { UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import { z } from "zod";
import { counter, document, instant } from "./columns.ts";
import { users } from "./users.ts";

/** The people's passkeys (WebAuthn Level 3): public keys only, so that a copy of the table signs nobody in. */
export const passkeys = pgTable(
  "passkeys",
  {
    /** The credential id that the authenticator chose, base64url: no two in the desk are the same. */
    id: text("id").primaryKey(),
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    /** The host name that it was made under; it works under no other. */
    rpId: text("rp_id").notNull(),
    /** COSE_Key (RFC 9052), base64url. */
    publicKey: text("public_key").notNull(),
    /** The authenticator's last signature counter; 0 for good where it keeps none. */
    signCount: counter("sign_count").notNull(),
    /** How the browser may reach the authenticator ("internal", "usb", …), as it said itself. */
    transports: document("transports", z.array(z.string())).notNull(),
    name: text("name").notNull(),
    createdAt: instant("created_at").notNull(),
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [
    index("passkeys_user_id_index").on(table.userId),
    check("passkeys_sign_count_check", sql`${table.signCount} between 0 and 4294967295`),
  ],
);
