# Three images of one code: `airflow` schedules, `trainer` trains, `local` does both.
# `make images` builds them and pins the bases below by digest; docs/kubernetes.md says more.
#
# Build arguments:
#   PYTHON_IMAGE, AIRFLOW_IMAGE   the bases, best as name:tag@sha256:...
#   TORCH_INDEX                   wheel index with torch's build for CPU, or for another CUDA;
#                                 empty: the default build, for CUDA
#   WITH_COMPILER                 1: a C++ compiler, for recipes with `compile: true`
#   REVISION, VERSION             for the labels
# A build secret `pip` (a pip.conf) is used where packages come from a company's mirror; nothing of
# it is kept.
#
# In each image the packages come first and the code last: a change of code installs no package.
# What a layer does not need is declared after it, or left out by `declared`, for the same reason.
ARG PYTHON_IMAGE=python:3.11-slim
ARG AIRFLOW_IMAGE=apache/airflow:3.3.2-python3.11

# What the packages depend on: another version number, README or rule of a linter changes nothing.
FROM ${PYTHON_IMAGE} AS declared
COPY pyproject.toml constraints.txt /tmp/
RUN mkdir -p /package/cs_pipeline && touch /package/cs_pipeline/__init__.py \
    && cp /tmp/constraints.txt /package/ \
    && sed -e '/^\[tool\./,$d' -e '/^readme = /d' -e 's/^version = .*/version = "0"/' \
        /tmp/pyproject.toml > /package/pyproject.toml

# Airflow stands in the command again, so that no other package can replace it.
FROM ${AIRFLOW_IMAGE} AS airflow-packages
WORKDIR /opt/airflow
COPY --from=declared --chown=airflow:0 /package /tmp/package
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,mode=0444 \
    pip install --no-cache-dir --constraint /tmp/package/constraints.txt \
        "apache-airflow==3.3.2" "/tmp/package[kubernetes,server]"

FROM airflow-packages AS local-packages
ARG TORCH_INDEX=""
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,mode=0444 \
    pip install --no-cache-dir --constraint /tmp/package/constraints.txt \
        ${TORCH_INDEX:+--extra-index-url "${TORCH_INDEX}"} \
        "apache-airflow==3.3.2" "/tmp/package[train,lora]"

# The scheduler's side: every component of Airflow, and the steps from an export to a dataset.
FROM airflow-packages AS airflow
COPY --chown=airflow:0 pyproject.toml README.md /tmp/package/
COPY --chown=airflow:0 cs_pipeline /tmp/package/cs_pipeline
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,mode=0444 \
    pip install --no-cache-dir --no-deps --force-reinstall /tmp/package
COPY --chown=airflow:0 dags dags
COPY --chown=airflow:0 plugins plugins
ENV AIRFLOW__CORE__LOAD_EXAMPLES=False
# Each component is asked in another way: by the chart's probes, or those of a compose file.
HEALTHCHECK NONE
# airflow; as a number, so that Kubernetes can tell that it is not root
USER 50000
ARG AIRFLOW_IMAGE
ARG REVISION=unknown
ARG VERSION=0.3.0
LABEL org.opencontainers.image.title="cs-pipeline-airflow" \
      org.opencontainers.image.description="Airflow with the retraining of a Korean customer-service chatbot" \
      org.opencontainers.image.base.name="${AIRFLOW_IMAGE}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.version="${VERSION}"

# The same on a machine that trains by itself.
FROM local-packages AS local
COPY --chown=airflow:0 pyproject.toml README.md /tmp/package/
COPY --chown=airflow:0 cs_pipeline /tmp/package/cs_pipeline
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,mode=0444 \
    pip install --no-cache-dir --no-deps --force-reinstall /tmp/package
COPY --chown=airflow:0 dags dags
COPY --chown=airflow:0 plugins plugins
ENV AIRFLOW__CORE__LOAD_EXAMPLES=False
HEALTHCHECK NONE
USER 50000
ARG AIRFLOW_IMAGE
ARG REVISION=unknown
ARG VERSION=0.3.0
LABEL org.opencontainers.image.title="cs-pipeline-local" \
      org.opencontainers.image.description="Airflow and trainer of a Korean customer-service chatbot" \
      org.opencontainers.image.base.name="${AIRFLOW_IMAGE}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.version="${VERSION}"

# What a pod runs: no Airflow, no service, any user id, a root file system that may be read-only.
FROM ${PYTHON_IMAGE} AS trainer
ARG TORCH_INDEX=""
COPY --from=declared /package /tmp/package
# The packages' own tests are 0.2 GB.
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,mode=0444 \
    mkdir --mode=1777 /scratch \
    && pip install --no-cache-dir --constraint /tmp/package/constraints.txt \
        ${TORCH_INDEX:+--extra-index-url "${TORCH_INDEX}"} "/tmp/package[train,lora]" \
    && find /usr/local/lib -type d \( -name tests -o -path "*/torch/test" \) -prune \
        -exec rm -rf {} +
ARG WITH_COMPILER=0
# Debian's archive keeps one version of a package only; the base's digest says which release it is.
# hadolint ignore=DL3008
RUN if [ "${WITH_COMPILER}" = 1 ]; then \
        apt-get update && apt-get install -y --no-install-recommends g++ libc6-dev \
        && rm -rf /var/lib/apt/lists/*; \
    fi
COPY pyproject.toml README.md /tmp/package/
COPY cs_pipeline /tmp/package/cs_pipeline
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,mode=0444 \
    pip install --no-cache-dir --no-deps --force-reinstall /tmp/package
# An unknown user id has no name and no home; whatever wants to write is sent to /scratch. What is
# not below HOME by itself is named, so that no library falls back to a place of its own.
ENV HOME=/scratch USER=app LOGNAME=app TMPDIR=/scratch \
    XDG_CACHE_HOME=/scratch/.cache \
    HF_HOME=/scratch/.cache/huggingface HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 \
    TORCHINDUCTOR_CACHE_DIR=/scratch/.cache/inductor TRITON_CACHE_DIR=/scratch/.cache/triton \
    CUDA_CACHE_PATH=/scratch/.cache/cuda MPLCONFIGDIR=/scratch/.cache/matplotlib \
    NUMBA_CACHE_DIR=/scratch/.cache/numba \
    CS_PIPELINE_SCRATCH=/scratch \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /scratch
# A job, not a service: it ends with an exit code, and reports to the store meanwhile.
HEALTHCHECK NONE
USER 10001:0
ARG PYTHON_IMAGE
ARG REVISION=unknown
ARG VERSION=0.3.0
LABEL org.opencontainers.image.title="cs-pipeline-trainer" \
      org.opencontainers.image.description="Trains a Korean customer-service chatbot on a masked dataset" \
      org.opencontainers.image.base.name="${PYTHON_IMAGE}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.version="${VERSION}"
CMD ["cs-pipeline", "--help"]
