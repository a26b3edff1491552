CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"broker" text NOT NULL,
	"mode" text NOT NULL,
	"venue_account_id" text NOT NULL,
	"currency" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "accounts_connection_venue_account_unique" UNIQUE("connection_id","venue_account_id"),
	CONSTRAINT "accounts_id_mode_unique" UNIQUE("id","mode"),
	CONSTRAINT "accounts_identity_unique" UNIQUE("id","user_id","mode"),
	CONSTRAINT "accounts_mode_check" CHECK ("accounts"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "accounts_currency_check" CHECK ("accounts"."currency" in ('USD'))
);
--> statement-breakpoint
CREATE TABLE "audit_chains" (
	"chain" text PRIMARY KEY NOT NULL,
	"last_sequence" bigint NOT NULL,
	"last_hash" text NOT NULL,
	CONSTRAINT "audit_chains_last_hash_check" CHECK ("audit_chains"."last_hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"chain" text NOT NULL,
	"sequence" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"user_id" text,
	"action" text NOT NULL,
	"subject" text,
	"mode" text,
	"message" text NOT NULL,
	"details" jsonb NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_log_pk" PRIMARY KEY("chain","sequence"),
	CONSTRAINT "audit_log_sequence_check" CHECK ("audit_log"."sequence" >= 1),
	CONSTRAINT "audit_log_mode_check" CHECK ("audit_log"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "audit_log_hash_check" CHECK ("audit_log"."hash" ~ '^[0-9a-f]{64}$' and "audit_log"."previous_hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "broker_connections" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"broker" text NOT NULL,
	"mode" text NOT NULL,
	"label" text NOT NULL,
	"desired" text NOT NULL,
	"settings" jsonb NOT NULL,
	"built_in" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "broker_connections_id_mode_unique" UNIQUE("id","mode"),
	CONSTRAINT "broker_connections_identity_unique" UNIQUE("id","user_id","broker","mode"),
	CONSTRAINT "broker_connections_mode_check" CHECK ("broker_connections"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "broker_connections_desired_check" CHECK ("broker_connections"."desired" in ('connected', 'disconnected')),
	CONSTRAINT "broker_connections_built_in_check" CHECK (not ("broker_connections"."built_in" and "broker_connections"."removed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "broker_credentials" (
	"connection_id" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"envelope" text NOT NULL,
	"hints" jsonb NOT NULL,
	"row_version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "broker_credentials_mode_check" CHECK ("broker_credentials"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "broker_credentials_row_version_check" CHECK ("broker_credentials"."row_version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"mode" text NOT NULL,
	"wrapped" text NOT NULL,
	"kek_version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "data_keys_mode_check" CHECK ("data_keys"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "data_keys_kek_version_check" CHECK ("data_keys"."kek_version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "event_streams" (
	"user_id" text PRIMARY KEY NOT NULL,
	"last_sequence" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_events" (
	"user_id" text NOT NULL,
	"sequence" bigint NOT NULL,
	"order_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"payload" jsonb NOT NULL,
	CONSTRAINT "order_events_pk" PRIMARY KEY("user_id","sequence"),
	CONSTRAINT "order_events_sequence_check" CHECK ("order_events"."sequence" >= 1)
);
--> statement-breakpoint
CREATE TABLE "fills" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"mode" text NOT NULL,
	"order_id" text NOT NULL,
	"execution_id" text NOT NULL,
	"symbol" text NOT NULL,
	"side" text NOT NULL,
	"quantity" numeric(38, 9) NOT NULL,
	"price" numeric(38, 9) NOT NULL,
	"fees" numeric(38, 9) NOT NULL,
	"filled_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	CONSTRAINT "fills_execution_id_unique" UNIQUE("account_id","execution_id"),
	CONSTRAINT "fills_mode_check" CHECK ("fills"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "fills_side_check" CHECK ("fills"."side" in ('buy', 'sell')),
	CONSTRAINT "fills_quantity_check" CHECK ("fills"."quantity" > 0),
	CONSTRAINT "fills_price_check" CHECK ("fills"."price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"mode" text NOT NULL,
	"origin" text DEFAULT 'desk' NOT NULL,
	"idempotency_key" text,
	"request_hash" text,
	"client_order_id" text NOT NULL,
	"venue_order_id" text,
	"symbol" text NOT NULL,
	"side" text NOT NULL,
	"type" text NOT NULL,
	"time_in_force" text NOT NULL,
	"extended_hours" boolean NOT NULL,
	"reduces_risk" boolean DEFAULT false NOT NULL,
	"quantity" numeric(38, 9) NOT NULL,
	"price" numeric(38, 9),
	"stop_price" numeric(38, 9),
	"state" text NOT NULL,
	"reason" jsonb,
	"filled_quantity" numeric(38, 9) NOT NULL,
	"average_fill_price" numeric(38, 9),
	"attempt" integer DEFAULT 0 NOT NULL,
	"valid_until" timestamp (3) with time zone NOT NULL,
	"owner_epoch" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	"claimed_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"acknowledged_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "orders_identity_unique" UNIQUE("id","account_id","user_id","mode"),
	CONSTRAINT "orders_idempotency_key_unique" UNIQUE("user_id","idempotency_key"),
	CONSTRAINT "orders_client_order_id_unique" UNIQUE("account_id","client_order_id"),
	CONSTRAINT "orders_mode_check" CHECK ("orders"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "orders_origin_check" CHECK ("orders"."origin" in ('desk', 'external')),
	CONSTRAINT "orders_side_check" CHECK ("orders"."side" in ('buy', 'sell')),
	CONSTRAINT "orders_type_check" CHECK ("orders"."type" in ('market', 'limit', 'stop', 'stop_limit')),
	CONSTRAINT "orders_time_in_force_check" CHECK ("orders"."time_in_force" in ('day', 'gtc', 'ioc', 'fok', 'opg', 'cls')),
	CONSTRAINT "orders_state_check" CHECK ("orders"."state" in ('INTENT', 'DENIED', 'EXPIRED_UNSENT', 'SENDING', 'WORKING', 'PARTIALLY_FILLED', 'PENDING_CANCEL', 'PENDING_REPLACE', 'UNKNOWN', 'FILLED', 'CANCELED', 'REJECTED', 'EXPIRED', 'NOT_PLACED')),
	CONSTRAINT "orders_quantity_check" CHECK ("orders"."quantity" > 0),
	CONSTRAINT "orders_filled_quantity_check" CHECK ("orders"."filled_quantity" >= 0),
	CONSTRAINT "orders_attempt_check" CHECK ("orders"."attempt" >= 0),
	CONSTRAINT "orders_origin_identity_check" CHECK ("orders"."origin" = 'external' or ("orders"."idempotency_key" is not null and "orders"."request_hash" is not null)),
	CONSTRAINT "orders_client_order_id_check" CHECK ("orders"."origin" = 'external' or "orders"."client_order_id" like (case "orders"."mode" when 'mock' then 'tdM-' when 'paper' then 'tdP-' else 'tdL-' end) || '%'),
	CONSTRAINT "orders_price_check" CHECK (("orders"."price" is not null) = ("orders"."type" in ('limit', 'stop_limit')) and ("orders"."stop_price" is not null) = ("orders"."type" in ('stop', 'stop_limit'))),
	CONSTRAINT "orders_claim_check" CHECK ("orders"."origin" = 'external' or ("orders"."state" in ('INTENT', 'DENIED', 'EXPIRED_UNSENT')) = ("orders"."claimed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "paper_accounts" (
	"account_id" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"seed" bigint NOT NULL,
	"starting_cash" numeric(38, 9) NOT NULL,
	"last_sequence" bigint DEFAULT 0 NOT NULL,
	"snapshot" jsonb,
	"snapshot_sequence" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "paper_accounts_mode_check" CHECK ("paper_accounts"."mode" in ('mock', 'paper')),
	CONSTRAINT "paper_accounts_snapshot_check" CHECK (("paper_accounts"."snapshot" is null) = ("paper_accounts"."snapshot_sequence" is null)),
	CONSTRAINT "paper_accounts_snapshot_sequence_check" CHECK ("paper_accounts"."snapshot_sequence" <= "paper_accounts"."last_sequence")
);
--> statement-breakpoint
CREATE TABLE "paper_events" (
	"account_id" text NOT NULL,
	"sequence" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event" jsonb NOT NULL,
	CONSTRAINT "paper_events_pk" PRIMARY KEY("account_id","sequence"),
	CONSTRAINT "paper_events_sequence_check" CHECK ("paper_events"."sequence" >= 1)
);
--> statement-breakpoint
CREATE TABLE "risk_limits" (
	"account_id" text PRIMARY KEY NOT NULL,
	"max_order_value" numeric(38, 9) NOT NULL,
	"max_order_quantity" numeric(38, 9) NOT NULL,
	"max_position_fraction" double precision NOT NULL,
	"max_exposure_fraction" double precision NOT NULL,
	"max_daily_loss_fraction" double precision NOT NULL,
	"price_collar_fraction" double precision NOT NULL,
	"max_orders_per_minute" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text NOT NULL,
	CONSTRAINT "risk_limits_max_order_value_check" CHECK ("risk_limits"."max_order_value" > 0),
	CONSTRAINT "risk_limits_max_order_quantity_check" CHECK ("risk_limits"."max_order_quantity" > 0),
	CONSTRAINT "risk_limits_fractions_check" CHECK ("risk_limits"."max_position_fraction" > 0 and "risk_limits"."max_position_fraction" <= 10 and "risk_limits"."max_exposure_fraction" > 0 and "risk_limits"."max_exposure_fraction" <= 10 and "risk_limits"."max_daily_loss_fraction" > 0 and "risk_limits"."max_daily_loss_fraction" <= 1 and "risk_limits"."price_collar_fraction" > 0 and "risk_limits"."price_collar_fraction" <= 1),
	CONSTRAINT "risk_limits_max_orders_per_minute_check" CHECK ("risk_limits"."max_orders_per_minute" >= 1)
);
--> statement-breakpoint
CREATE TABLE "trading_states" (
	"user_id" text PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'ACTIVE' NOT NULL,
	"reason" text,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text,
	CONSTRAINT "trading_states_state_check" CHECK ("trading_states"."state" in ('ACTIVE', 'REDUCING', 'HALTED'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	CONSTRAINT "sessions_id_check" CHECK ("sessions"."id" ~ '^sha256:[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"username_key" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"password_changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_role_check" CHECK ("users"."role" in ('owner', 'trader', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "watchlist_items" (
	"user_id" text NOT NULL,
	"symbol" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "watchlist_items_pk" PRIMARY KEY("user_id","symbol"),
	CONSTRAINT "watchlist_items_position_unique" UNIQUE("user_id","position")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_connection_fk" FOREIGN KEY ("connection_id","user_id","broker","mode") REFERENCES "public"."broker_connections"("id","user_id","broker","mode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broker_connections" ADD CONSTRAINT "broker_connections_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broker_credentials" ADD CONSTRAINT "broker_credentials_connection_fk" FOREIGN KEY ("connection_id","mode") REFERENCES "public"."broker_connections"("id","mode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_streams" ADD CONSTRAINT "event_streams_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fills" ADD CONSTRAINT "fills_order_fk" FOREIGN KEY ("order_id","account_id","user_id","mode") REFERENCES "public"."orders"("id","account_id","user_id","mode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_account_fk" FOREIGN KEY ("account_id","user_id","mode") REFERENCES "public"."accounts"("id","user_id","mode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_accounts" ADD CONSTRAINT "paper_accounts_account_fk" FOREIGN KEY ("account_id","mode") REFERENCES "public"."accounts"("id","mode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_events" ADD CONSTRAINT "paper_events_account_id_paper_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."paper_accounts"("account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_limits" ADD CONSTRAINT "risk_limits_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_limits" ADD CONSTRAINT "risk_limits_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trading_states" ADD CONSTRAINT "trading_states_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trading_states" ADD CONSTRAINT "trading_states_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watchlist_items" ADD CONSTRAINT "watchlist_items_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_venue_account_unique" ON "accounts" USING btree ("user_id","broker","mode","venue_account_id") WHERE "accounts"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "accounts_connection_index" ON "accounts" USING btree ("connection_id","user_id","broker","mode");--> statement-breakpoint
CREATE INDEX "audit_log_at_index" ON "audit_log" USING btree ("at","chain","sequence");--> statement-breakpoint
CREATE INDEX "audit_log_user_index" ON "audit_log" USING btree ("user_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "broker_connections_built_in_unique" ON "broker_connections" USING btree ("user_id") WHERE "broker_connections"."built_in";--> statement-breakpoint
CREATE INDEX "broker_connections_user_id_index" ON "broker_connections" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "data_keys_current_unique" ON "data_keys" USING btree ("user_id","mode") WHERE "data_keys"."retired_at" is null;--> statement-breakpoint
CREATE INDEX "data_keys_user_id_index" ON "data_keys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "order_events_order_index" ON "order_events" USING btree ("order_id","sequence");--> statement-breakpoint
CREATE INDEX "fills_order_index" ON "fills" USING btree ("order_id","account_id","user_id","mode");--> statement-breakpoint
CREATE INDEX "fills_user_filled_at_index" ON "fills" USING btree ("user_id","filled_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_venue_order_id_unique" ON "orders" USING btree ("account_id","venue_order_id") WHERE "orders"."venue_order_id" is not null;--> statement-breakpoint
CREATE INDEX "orders_account_index" ON "orders" USING btree ("account_id","user_id","mode");--> statement-breakpoint
CREATE INDEX "orders_user_created_index" ON "orders" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_state_index" ON "orders" USING btree ("state","account_id");--> statement-breakpoint
CREATE INDEX "risk_limits_updated_by_index" ON "risk_limits" USING btree ("updated_by");--> statement-breakpoint
CREATE INDEX "trading_states_changed_by_index" ON "trading_states" USING btree ("changed_by");--> statement-breakpoint
CREATE INDEX "sessions_user_id_index" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at_index" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_key_unique" ON "users" USING btree ("username_key");--> statement-breakpoint
CREATE UNIQUE INDEX "users_single_owner" ON "users" USING btree ("role") WHERE "users"."role" = 'owner';