ALTER TABLE "orders" DROP CONSTRAINT "orders_quantity_check";--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_origin_identity_check";--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_price_check";--> statement-breakpoint
ALTER TABLE "fills" ADD COLUMN "why" jsonb;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "trail_by" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "trail_value" numeric(38, 9);--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "notional" numeric(38, 9);--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "order_class" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "group_role" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "leader_id" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "is_held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "why" jsonb;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "triggered_by" jsonb;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_leader_fk" FOREIGN KEY ("leader_id","account_id","user_id","mode") REFERENCES "public"."orders"("id","account_id","user_id","mode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "orders_leg_unique" ON "orders" USING btree ("leader_id","group_role") WHERE "orders"."leader_id" is not null;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_trail_check" CHECK ("orders"."trail_by" in ('amount', 'percent'));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_order_class_check" CHECK ("orders"."order_class" in ('bracket', 'oco', 'oto'));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_group_role_check" CHECK ("orders"."group_role" in ('entry', 'take_profit', 'stop_loss'));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_group_check" CHECK (("orders"."order_class" is null) = ("orders"."group_role" is null) and ("orders"."leader_id" is null or "orders"."order_class" is not null) and (not "orders"."is_held" or "orders"."order_class" is not null));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_trailing_check" CHECK (("orders"."trail_by" is null) = ("orders"."trail_value" is null) and ("orders"."trail_by" is null or ("orders"."type" = 'stop' and "orders"."trail_value" > 0)));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_notional_check" CHECK ("orders"."notional" is null or ("orders"."type" = 'market' and "orders"."notional" > 0));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_expires_at_check" CHECK ("orders"."expires_at" is null or "orders"."time_in_force" = 'gtc');--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_quantity_check" CHECK ("orders"."quantity" > 0 or ("orders"."quantity" = 0 and "orders"."notional" is not null));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_origin_identity_check" CHECK ("orders"."origin" = 'external' or (("orders"."idempotency_key" is not null) = ("orders"."leader_id" is null) and ("orders"."request_hash" is not null) = ("orders"."leader_id" is null)));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_price_check" CHECK (("orders"."price" is not null) = ("orders"."type" in ('limit', 'stop_limit')) and (("orders"."stop_price" is not null) = ("orders"."type" in ('stop', 'stop_limit')) or ("orders"."stop_price" is null and "orders"."trail_by" is not null)));
--> statement-breakpoint

-- What kind of order it is, and whom it was placed with, is decided once. How far a trail is may change: a split restates it.
CREATE FUNCTION guard_order_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (NEW.leader_id, NEW.order_class, NEW.group_role, NEW.notional, NEW.trail_by)
		IS DISTINCT FROM (OLD.leader_id, OLD.order_class, OLD.group_role, OLD.notional, OLD.trail_by) THEN
		PERFORM raise_guard('orders_kind_never_changes', 'an order keeps its kind and its place in its group');
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER orders_kind_guard BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION guard_order_kind();
--> statement-breakpoint

-- A group has one leader, which leads itself, and all its members are of its class.
CREATE FUNCTION guard_leg() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM orders AS leader WHERE leader.id = NEW.leader_id AND leader.leader_id IS NULL
			AND leader.order_class = NEW.order_class AND leader.group_role <> NEW.group_role) THEN
		PERFORM raise_guard('orders_leg_follows_leader', 'a leg follows an order that leads a group of its class, in another role');
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER orders_leg_guard BEFORE INSERT ON orders FOR EACH ROW WHEN (NEW.leader_id IS NOT NULL) EXECUTE FUNCTION guard_leg();
