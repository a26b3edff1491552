-- Guards that no query of the desk can get past. Each raises SQLSTATE TD001 and names itself as the constraint.

-- Append-only tables: statement triggers, so that even a change of no row is refused, and TRUNCATE too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% on % is refused: its rows are kept as written', TG_OP, TG_TABLE_NAME
		USING ERRCODE = 'TD001', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER order_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_events
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER fills_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fills
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A journal may be shortened below its snapshot one day, but never rewritten.
CREATE TRIGGER paper_events_never_rewritten BEFORE UPDATE ON paper_events
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER orders_never_deleted BEFORE DELETE OR TRUNCATE ON orders
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_chains_never_deleted BEFORE DELETE OR TRUNCATE ON audit_chains
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER event_streams_never_deleted BEFORE DELETE OR TRUNCATE ON event_streams
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

CREATE FUNCTION raise_guard(guard text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '%', message USING ERRCODE = 'TD001', CONSTRAINT = guard;
END
$$;
--> statement-breakpoint

-- An order stays the order that it was; what is filled stays filled; what may have been sent is never sent anew as an intent.
CREATE FUNCTION guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (NEW.id, NEW.user_id, NEW.account_id, NEW.mode, NEW.origin, NEW.idempotency_key, NEW.request_hash,
			NEW.client_order_id, NEW.symbol, NEW.side, NEW.type, NEW.created_at)
		IS DISTINCT FROM
		(OLD.id, OLD.user_id, OLD.account_id, OLD.mode, OLD.origin, OLD.idempotency_key, OLD.request_hash,
			OLD.client_order_id, OLD.symbol, OLD.side, OLD.type, OLD.created_at) THEN
		PERFORM raise_guard('orders_identity_never_changes', 'an order keeps its identity, mode, symbol, side and type');
	END IF;
	IF NEW.filled_quantity < OLD.filled_quantity THEN
		PERFORM raise_guard('orders_filled_quantity_grows',
			format('the filled quantity of an order never falls (%s to %s)', OLD.filled_quantity, NEW.filled_quantity));
	END IF;
	IF NEW.state = 'INTENT' AND OLD.state <> 'INTENT' THEN
		PERFORM raise_guard('orders_never_back_to_intent', format('an order never returns from %s to INTENT', OLD.state));
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER orders_guard BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION guard_order();
--> statement-breakpoint

-- Paper never becomes live, and nothing moves to another user.
CREATE FUNCTION guard_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (NEW.id, NEW.user_id, NEW.broker, NEW.mode, NEW.built_in, NEW.created_at)
		IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.broker, OLD.mode, OLD.built_in, OLD.created_at) THEN
		PERFORM raise_guard('broker_connections_identity_never_changes', 'a connection keeps its user, broker and mode');
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER broker_connections_guard BEFORE UPDATE ON broker_connections FOR EACH ROW EXECUTE FUNCTION guard_connection();
--> statement-breakpoint
CREATE FUNCTION guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (NEW.id, NEW.user_id, NEW.connection_id, NEW.broker, NEW.mode, NEW.venue_account_id, NEW.currency, NEW.created_at)
		IS DISTINCT FROM
		(OLD.id, OLD.user_id, OLD.connection_id, OLD.broker, OLD.mode, OLD.venue_account_id, OLD.currency, OLD.created_at) THEN
		PERFORM raise_guard('accounts_identity_never_changes', 'an account keeps its connection, mode, number and currency');
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER accounts_guard BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION guard_account();
--> statement-breakpoint

-- The row version is part of what the envelope authenticates: a step back or aside would let an old one open again.
CREATE FUNCTION guard_credentials() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.row_version <> OLD.row_version + 1 OR (NEW.connection_id, NEW.mode) IS DISTINCT FROM (OLD.connection_id, OLD.mode) THEN
		PERFORM raise_guard('broker_credentials_version_grows', 'credentials keep their connection and grow by one version at a time');
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER broker_credentials_guard BEFORE UPDATE ON broker_credentials FOR EACH ROW EXECUTE FUNCTION guard_credentials();
--> statement-breakpoint

-- Numbered streams go forward only.
CREATE FUNCTION guard_sequence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.last_sequence < OLD.last_sequence THEN
		PERFORM raise_guard(TG_NAME::text, format('the last sequence of %s never falls', TG_TABLE_NAME));
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_chains_sequence_grows BEFORE UPDATE ON audit_chains FOR EACH ROW EXECUTE FUNCTION guard_sequence();
--> statement-breakpoint
CREATE TRIGGER event_streams_sequence_grows BEFORE UPDATE ON event_streams FOR EACH ROW EXECUTE FUNCTION guard_sequence();
--> statement-breakpoint
CREATE TRIGGER paper_accounts_sequence_grows BEFORE UPDATE ON paper_accounts FOR EACH ROW EXECUTE FUNCTION guard_sequence();
