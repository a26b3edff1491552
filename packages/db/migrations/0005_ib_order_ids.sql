CREATE TABLE "order_id_counters" (
	"broker" text NOT NULL,
	"mode" text NOT NULL,
	"venue_account_id" text NOT NULL,
	"client_id" integer NOT NULL,
	"next_id" bigint NOT NULL,
	CONSTRAINT "order_id_counters_pk" PRIMARY KEY("broker","mode","venue_account_id","client_id"),
	CONSTRAINT "order_id_counters_mode_check" CHECK ("order_id_counters"."mode" in ('mock', 'paper', 'live')),
	CONSTRAINT "order_id_counters_next_id_check" CHECK ("order_id_counters"."next_id" between 1 and 2147483648)
);
--> statement-breakpoint

-- An id that went back could name two orders at the broker.
CREATE FUNCTION guard_order_ids() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.next_id < OLD.next_id OR (NEW.broker, NEW.mode, NEW.venue_account_id, NEW.client_id)
		IS DISTINCT FROM (OLD.broker, OLD.mode, OLD.venue_account_id, OLD.client_id) THEN
		PERFORM raise_guard('order_id_counters_never_fall', 'order ids that were given out stay so');
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER order_id_counters_guard BEFORE UPDATE ON order_id_counters FOR EACH ROW EXECUTE FUNCTION guard_order_ids();
--> statement-breakpoint
CREATE TRIGGER order_id_counters_never_deleted BEFORE DELETE OR TRUNCATE ON order_id_counters
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
