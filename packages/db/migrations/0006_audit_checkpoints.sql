CREATE TABLE "audit_checkpoints" (
	"number" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"heads" jsonb NOT NULL,
	"previous_hash" text NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "audit_checkpoints_number_check" CHECK ("audit_checkpoints"."number" >= 1),
	CONSTRAINT "audit_checkpoints_previous_hash_check" CHECK ("audit_checkpoints"."previous_hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint

CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
