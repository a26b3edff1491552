CREATE TABLE "key_checks" (
	"kek_version" integer PRIMARY KEY NOT NULL,
	"digest" text NOT NULL,
	CONSTRAINT "key_checks_kek_version_check" CHECK ("key_checks"."kek_version" >= 1),
	CONSTRAINT "key_checks_digest_check" CHECK ("key_checks"."digest" ~ '^[0-9a-f]{64}$')
);
