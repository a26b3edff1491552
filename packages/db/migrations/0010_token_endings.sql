ALTER TABLE "api_tokens" ADD COLUMN "ending" text;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_ending_check" CHECK ("api_tokens"."ending" ~ '^[A-Za-z0-9_-]{4}$');