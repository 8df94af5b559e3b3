FROM node:22-bookworm-slim AS build
WORKDIR /clientele
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 CLIENTELE_DATA_DIR=/var/lib/clientele
WORKDIR /clientele
RUN install -d -o node -g node /var/lib/clientele
COPY --from=build /clientele/package.json ./
COPY --from=build /clientele/node_modules ./node_modules
COPY --from=build /clientele/dist ./dist
USER node
VOLUME /var/lib/clientele
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/server/src/main.js"]
