CREATE TABLE "alert_webhooks" (
	"user_id" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"envelope" text NOT NULL,
	"row_version" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"last_delivered_at" timestamp (3) with time zone,
	"last_error" text,
	CONSTRAINT "alert_webhooks_row_version_check" CHECK ("alert_webhooks"."row_version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"severity" text NOT NULL,
	"connection_id" text,
	"subject" text NOT NULL,
	"message" text NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"recovered_at" timestamp (3) with time zone,
	"acknowledged_at" timestamp (3) with time zone,
	CONSTRAINT "alerts_kind_check" CHECK ("alerts"."kind" in ('connection_down', 'feed_mute', 'order_unknown', 'order_not_placed', 'late_fill', 'drift', 'halt_unconfirmed', 'budget_spent')),
	CONSTRAINT "alerts_severity_check" CHECK ("alerts"."severity" in ('info', 'warning', 'critical'))
);
--> statement-breakpoint
CREATE TABLE "drifts" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"mode" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"symbol" text,
	"here" text NOT NULL,
	"there" text NOT NULL,
	"cause" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"action" text NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"times_seen" integer DEFAULT 1 NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" text,
	"note" text,
	CONSTRAINT "drifts_mode_check" CHECK ("drifts"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "drifts_kind_check" CHECK ("drifts"."kind" in ('order_state', 'order_terms', 'fill', 'fill_total', 'external_order', 'missing_order', 'unknown_order', 'position', 'cash')),
	CONSTRAINT "drifts_action_check" CHECK ("drifts"."action" in ('taken_over', 'booked', 'adopted', 'not_placed', 'asked')),
	CONSTRAINT "drifts_times_seen_check" CHECK ("drifts"."times_seen" >= 1)
);
--> statement-breakpoint
CREATE TABLE "halt_steps" (
	"halt_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"state" text NOT NULL,
	"open_orders" integer NOT NULL,
	"remaining" integer,
	"attempts" integer NOT NULL,
	"error" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	CONSTRAINT "halt_steps_pk" PRIMARY KEY("halt_id","connection_id"),
	CONSTRAINT "halt_steps_state_check" CHECK ("halt_steps"."state" in ('requested', 'confirmed', 'unconfirmed', 'failed')),
	CONSTRAINT "halt_steps_counts_check" CHECK ("halt_steps"."open_orders" >= 0 and "halt_steps"."remaining" >= 0 and "halt_steps"."attempts" >= 0)
);
--> statement-breakpoint
CREATE TABLE "halts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"requested_by" text,
	"source" text NOT NULL,
	"reason" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	CONSTRAINT "halts_source_check" CHECK ("halts"."source" in ('web', 'cli', 'desk'))
);
--> statement-breakpoint
CREATE TABLE "limit_raises" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"field" text NOT NULL,
	"before" text NOT NULL,
	"raised_to" text NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"granted_by" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	CONSTRAINT "limit_raises_until_check" CHECK ("limit_raises"."until" > "limit_raises"."granted_at")
);
--> statement-breakpoint
CREATE TABLE "symbol_limits" (
	"account_id" text NOT NULL,
	"symbol" text NOT NULL,
	"is_blocked" boolean NOT NULL,
	"max_order_value" numeric(38, 9),
	"max_order_quantity" numeric(38, 9),
	"max_position_fraction" double precision,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text NOT NULL,
	CONSTRAINT "symbol_limits_pk" PRIMARY KEY("account_id","symbol"),
	CONSTRAINT "symbol_limits_max_order_value_check" CHECK ("symbol_limits"."max_order_value" > 0),
	CONSTRAINT "symbol_limits_max_order_quantity_check" CHECK ("symbol_limits"."max_order_quantity" > 0),
	CONSTRAINT "symbol_limits_max_position_fraction_check" CHECK ("symbol_limits"."max_position_fraction" > 0 and "symbol_limits"."max_position_fraction" <= 10)
);
--> statement-breakpoint
ALTER TABLE "alert_webhooks" ADD CONSTRAINT "alert_webhooks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_connection_id_broker_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."broker_connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drifts" ADD CONSTRAINT "drifts_resolved_by_users_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drifts" ADD CONSTRAINT "drifts_account_fk" FOREIGN KEY ("account_id","mode") REFERENCES "public"."accounts"("id","mode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "halt_steps" ADD CONSTRAINT "halt_steps_halt_id_halts_id_fk" FOREIGN KEY ("halt_id") REFERENCES "public"."halts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "halt_steps" ADD CONSTRAINT "halt_steps_connection_id_broker_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."broker_connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "halts" ADD CONSTRAINT "halts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "halts" ADD CONSTRAINT "halts_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "halts" ADD CONSTRAINT "halts_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_raises" ADD CONSTRAINT "limit_raises_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_raises" ADD CONSTRAINT "limit_raises_granted_by_users_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_raises" ADD CONSTRAINT "limit_raises_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "symbol_limits" ADD CONSTRAINT "symbol_limits_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "symbol_limits" ADD CONSTRAINT "symbol_limits_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open_unique" ON "alerts" USING btree ("user_id","kind","subject") WHERE "alerts"."recovered_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_user_index" ON "alerts" USING btree ("user_id","raised_at","id");--> statement-breakpoint
CREATE INDEX "alerts_connection_index" ON "alerts" USING btree ("connection_id");--> statement-breakpoint
CREATE UNIQUE INDEX "drifts_open_unique" ON "drifts" USING btree ("account_id","kind","subject") WHERE "drifts"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "drifts_settled_index" ON "drifts" USING btree ("account_id","kind","subject") WHERE "drifts"."resolved_at" is not null;--> statement-breakpoint
CREATE INDEX "drifts_account_index" ON "drifts" USING btree ("account_id","mode","found_at","id");--> statement-breakpoint
CREATE INDEX "drifts_resolved_by_index" ON "drifts" USING btree ("resolved_by");--> statement-breakpoint
CREATE INDEX "halt_steps_connection_index" ON "halt_steps" USING btree ("connection_id");--> statement-breakpoint
CREATE UNIQUE INDEX "halts_current_unique" ON "halts" USING btree ("user_id") WHERE "halts"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "halts_user_index" ON "halts" USING btree ("user_id","requested_at");--> statement-breakpoint
CREATE INDEX "halts_requested_by_index" ON "halts" USING btree ("requested_by");--> statement-breakpoint
CREATE INDEX "halts_ended_by_index" ON "halts" USING btree ("ended_by");--> statement-breakpoint
CREATE INDEX "limit_raises_account_index" ON "limit_raises" USING btree ("account_id","until");--> statement-breakpoint
CREATE INDEX "limit_raises_granted_by_index" ON "limit_raises" USING btree ("granted_by");--> statement-breakpoint
CREATE INDEX "limit_raises_ended_by_index" ON "limit_raises" USING btree ("ended_by");--> statement-breakpoint
CREATE INDEX "symbol_limits_updated_by_index" ON "symbol_limits" USING btree ("updated_by");--> statement-breakpoint

-- What was found, halted and raised stays on record.
CREATE TRIGGER halts_never_deleted BEFORE DELETE OR TRUNCATE ON halts
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER halt_steps_never_deleted BEFORE DELETE OR TRUNCATE ON halt_steps
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER drifts_never_deleted BEFORE DELETE OR TRUNCATE ON drifts
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER limit_raises_never_deleted BEFORE DELETE OR TRUNCATE ON limit_raises
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A difference stays the difference that was found; it may be seen again, and end.
CREATE FUNCTION guard_drift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (NEW.id, NEW.account_id, NEW.mode, NEW.kind, NEW.subject, NEW.found_at)
		IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.mode, OLD.kind, OLD.subject, OLD.found_at) THEN
		PERFORM raise_guard('drifts_identity_never_changes', 'a difference keeps its account, kind and subject');
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER drifts_guard BEFORE UPDATE ON drifts FOR EACH ROW EXECUTE FUNCTION guard_drift();
