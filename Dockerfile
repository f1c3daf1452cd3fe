# The production server, and nothing that it does not need: no npm package of the sandbox, no development dependency,
# no settings. Give those when it starts: docs/deploy.md.

FROM node:24-slim AS build
WORKDIR /app
# The list of packages first: this layer stays as it is until they change.
COPY package.json package-lock.json ./
COPY sandbox/realtime/package.json sandbox/realtime/
COPY sandbox/redis/package.json sandbox/redis/
RUN npm ci --no-audit --no-fund
COPY . .
# Optional, the name of this build: docs/deploy.md. Next writes it into the server.
ARG DEPLOYMENT_ID
RUN NEXT_TELEMETRY_DISABLED=1 npm run build:image

FROM node:24-slim
# Docker sets HOSTNAME to the container's id, and the server would listen under that name only.
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000 NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
# The files belong to root, so the server cannot change itself.
COPY --from=build /app/.next/standalone ./
# `node`, as a number: Kubernetes’ runAsNonRoot believes no name.
USER 1000
EXPOSE 3000
# Whether the process responds, whatever Redis does: a restart would not bring Redis back.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/icon.svg`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not `npm start`: npm would stand between the server and its signals.
CMD ["node", "server.js"]
