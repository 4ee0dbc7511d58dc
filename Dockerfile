# One image for web, worker and the terminal: `docker compose up`, see compose.yaml.
FROM python:3.11-slim AS built
WORKDIR /app
RUN python -m venv /venv
COPY runtime.lock pyproject.toml README.md ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r runtime.lock
COPY src ./src
COPY programmes ./programmes
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 kakehashi && install -d -o kakehashi /data
COPY --from=built /venv /venv
COPY --from=built --chown=root:root /app /app
ENV PATH=/venv/bin:$PATH PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 \
    KAKEHASHI_HOME=/data KAKEHASHI_PACK=/app/programmes/jet
USER kakehashi
WORKDIR /app
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://localhost:8000/healthz', timeout=4)"]
CMD ["kakehashi", "serve", "--host", "0.0.0.0", "--port", "8000"]
