ALTER TABLE "orders" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "reference_price" numeric(38, 9);
--> statement-breakpoint

-- Of two copies of an order the one with the higher revision is the newer, whoever wrote it and however the clock stepped.
CREATE FUNCTION count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.revision := OLD.revision + 1;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER orders_revision_grows BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION count_revision();
