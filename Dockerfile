# sayso in a container: no root, and nothing but /data is written to.
#   docker build -t sayso .
#   docker run --rm --read-only -v "$PWD:/data" sayso read articles
FROM rust:1.90-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked -p sayso --features parquet,brotli

FROM debian:bookworm-slim
COPY --from=build /src/target/release/sayso /usr/local/bin/sayso
COPY --from=build /src/NOTICE /src/LICENSE-MIT /src/LICENSE-APACHE /usr/share/doc/sayso/
USER 65532:65532
WORKDIR /data
VOLUME /data
ENTRYPOINT ["sayso"]
CMD ["--help"]
