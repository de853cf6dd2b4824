# The lessons for the students of a JupyterHub, or for one person with Docker:
#
#   docker build -t torchprimer .
#   docker run --rm -p 8888:8888 -v torchprimer-work:/home/jovyan/work torchprimer primer lab --ip 0.0.0.0 --no-browser
#
# User, home and command are those that Zero to JupyterHub and DockerSpawner expect. To hand in through the hub,
# mount one folder for all and name it to everybody in TORCHPRIMER_EXCHANGE.
ARG PYTHON_IMAGE=python:3.13-slim-trixie

FROM ${PYTHON_IMAGE} AS build
# PyTorch's index of CPU builds. Empty, it makes an image for CUDA, which is several GB larger.
ARG PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
# The hub's own version.
ARG JUPYTERHUB_VERSION=6.1.1
# The version of the lessons, such as 1.2.0; the history that tells it is not sent here.
ARG VERSION=0.0.0
WORKDIR /build
RUN python -m venv /opt/torchprimer
ENV PATH=/opt/torchprimer/bin:$PATH
COPY LICENSE README.md constraints.txt pyproject.toml ./
COPY release release
COPY src src
RUN SETUPTOOLS_SCM_PRETEND_VERSION=${VERSION} pip wheel --no-cache-dir --no-deps -w dist . \
    && pip install --no-cache-dir -c constraints.txt dist/*.whl "jupyterhub==${JUPYTERHUB_VERSION}" \
    && cd /opt/torchprimer/lib/python*/site-packages/torch \
    && rm -rf test include \
    && find bin -mindepth 1 ! -name torch_shm_manager -delete
# A student sees no teacher's tools, and no question about news before the lesson.
RUN jupyter labextension disable --level=sys_prefix @jupyter/nbgrader:create-assignment \
    && jupyter labextension disable --level=sys_prefix @jupyter/nbgrader:formgrader \
    && jupyter labextension disable --level=sys_prefix @jupyter/nbgrader:course-list \
    && jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements
RUN install -D -m 644 src/torchprimer/student/nbgrader_config.py -t /opt/torchprimer/etc/jupyter
# As `primer lab` sets it: explorers are there when a notebook is opened another day.
RUN python -c "import json; from torchprimer.lab import WIDGETS; print(json.dumps(WIDGETS))" \
    > /opt/torchprimer/etc/jupyter/labconfig/default_setting_overrides.json

FROM ${PYTHON_IMAGE}
# Libraries that the wheel of pygraphviz, which draws graphs, expects of the system.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libexpat1 libglib2.0-0 libxext6 libxrender1 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 1000 --gid users --shell /bin/bash jovyan \
    && install -d -o jovyan -g users /home/jovyan/work
COPY --from=build /opt/torchprimer /opt/torchprimer
ENV PATH=/opt/torchprimer/bin:$PATH
USER 1000
WORKDIR /home/jovyan
EXPOSE 8888
# Lessons that are not in work/ yet are copied there first; no answer is written over.
ENTRYPOINT ["sh", "-c", "primer copy; exec \"$@\"", "sh"]
CMD ["jupyterhub-singleuser"]
