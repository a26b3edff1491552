import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { read } from "./repository.ts";

interface Service {
  readonly build?: string;
  readonly image?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
}

describe("docker-compose.yml", () => {
  const file: { services: Record<string, Service>; volumes: Record<string, object> } = parse(
    read("docker-compose.yml"),
  );

  it("[DC1] has the server and its Postgres, and waits until Postgres is healthy", () => {
    expect(Object.keys(file.services)).toEqual(["server", "postgres"]);
    expect(file.services["server"]?.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
    expect(file.services["postgres"]?.healthcheck).toBeDefined();
  });

  it("[DC2] publishes the desk on this machine only, and Postgres nowhere", () => {
    expect(file.services["server"]?.ports).toEqual(["127.0.0.1:3000:3000"]);
    expect(file.services["postgres"]?.ports).toBeUndefined();
  });

  it("[DC3] has no password in it: both services take the same one from the environment, and refuse to start without", () => {
    const needed = "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}";
    expect(file.services["postgres"]?.environment?.["POSTGRES_PASSWORD"]).toBe(needed);
    expect(file.services["server"]?.environment?.["DATABASE_URL"]).toContain(`:${needed}@postgres:5432/`);
  });

  it("[DC4] every volume that a service mounts is declared", () => {
    const mounted = Object.values(file.services).flatMap((service) => service.volumes ?? []);
    expect(mounted.map((volume) => volume.split(":")[0])).toEqual(Object.keys(file.volumes));
  });

  it("[DC5] the image is built by the pnpm that package.json names", () => {
    const { packageManager }: { packageManager: string } = JSON.parse(read("package.json"));
    const named = [...read("Dockerfile").matchAll(/pnpm@[\d.]+/g)].map(String);
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named)).toEqual(new Set([packageManager]));
  });
});
