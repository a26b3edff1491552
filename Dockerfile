# The whole desk in one image: the server, which also serves the built web app.
FROM node:20-bookworm-slim AS build
WORKDIR /desk
COPY . .
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile \
 && npx --yes pnpm@12.21.0 exec turbo run build template

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /desk
COPY --from=build --chown=node:node /desk /desk
RUN mkdir -p -m 0700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
WORKDIR /desk/apps/server
CMD ["node", "--import", "tsx", "src/main.ts"]
