# doccheck where there is no Node. Build it from a release, which is built already:
#   docker build --tag doccheck 'https://github.com/OWNER/doccheck.git#v0.1.0'
# or from a clone, after `npm ci && npm run build`:
#   docker build --tag doccheck .
FROM node:24.21.0-bookworm-slim

# Debian's security updates should reach the image, so its git has no fixed version.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/doccheck
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY bin bin
COPY dist dist
COPY src/report/html/client src/report/html/client
COPY LICENSE schema.json ./
RUN ln -s /opt/doccheck/bin/doccheck.js /usr/local/bin/doccheck

# A mounted checkout belongs to a user of the host, and git refuses it unless it is named here. It is the only one: other
# repositories, and programs above the current folder, are refused as before.
RUN git config --system --add safe.directory /docs

USER node
WORKDIR /docs
ENTRYPOINT ["doccheck"]
