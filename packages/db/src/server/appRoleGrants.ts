/**
 * SQL for a Postgres server, to be run by the owner of the tables, in one transaction, after each migration: it lets
 * `role`, which has to exist, run the desk, and takes from it whatever a trigger refuses to everybody: to change or delete
 * what is kept as written. The role must not own the tables or be a superuser, and cannot migrate: start a new version of
 * the desk once as the owner.
 */
export function appRoleGrants(role: string): string {
  const name = `"${role.replaceAll('"', '""')}"`;
  const literal = `'${role.replaceAll("'", "''")}'`;
  return `grant usage on schema public, drizzle to ${name};
grant select on all tables in schema drizzle to ${name};
grant select, insert, update, delete on all tables in schema public to ${name};
grant usage, select on all sequences in schema public to ${name};
do $grants$
declare
  guarded record;
begin
  for guarded in
    select tgrelid::regclass::text as name, privilege
    from pg_trigger
      join pg_proc on pg_proc.oid = tgfoid
      join (values ('delete', 8), ('update', 16), ('truncate', 32)) as bits (privilege, bit) on tgtype & bit <> 0
    where proname = 'refuse_change'
  loop
    execute format('revoke %s on %s from %I', guarded.privilege, guarded.name, ${literal});
  end loop;
end
$grants$;
`;
}
