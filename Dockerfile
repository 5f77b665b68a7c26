# One image for every process of Chorus; the argument says which:
#   docker run chorus router/main.ts
#   docker run chorus subgraphs/chat/main.ts
#   docker run chorus tools/migrate.ts --own-database chat
# Run it with --init (docker-compose.yml does): a process with the id 1 ignores signals until it has asked for them, which
# Chorus does only once it serves.

FROM node:24-slim AS packages
WORKDIR /chorus
COPY .npmrc package.json package-lock.json ./
# Two things survive --omit=dev that nothing here runs: the prisma command and TypeScript, because @prisma/client names
# them as optional peers, and the packaged Node, which is for machines without one. Without the lists that asked for them
# npm prunes both.
RUN npm ci --omit=dev \
  && npm pkg delete devDependencies optionalDependencies \
  && npm prune

FROM node:24-slim AS sources
WORKDIR /chorus
COPY .npmrc package.json package-lock.json ./
RUN npm ci
COPY . .
RUN node tools/generate.ts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /chorus
COPY --from=packages /chorus/node_modules node_modules
# It says that the sources are ES modules.
COPY package.json ./
# The commands of operators: migrate, dead-letters, tour.
COPY --from=sources /chorus/tools tools
COPY --from=sources /chorus/prisma prisma
COPY --from=sources /chorus/platform platform
COPY --from=sources /chorus/subgraphs subgraphs
COPY --from=sources /chorus/router router
# The base image's user `node`, as a number: Kubernetes can tell only of a number that it is not root. The files belong to
# root, so a process can't change its own program.
USER 1000:1000
EXPOSE 4000 4001 4002 4003 4004
ENTRYPOINT ["node"]
CMD ["router/main.ts"]
