"""The things developers talk about: names of technologies, and nouns of design.

A detector that needs a thing ("avoid MongoDB", not "avoid mistakes") looks here. English, lower case, one word each; a
name that is also an everyday word ("less", "make", "next") is left out unless people nearly always mean the thing.
"""

from __future__ import annotations

from functools import cache


def word_set(words: str) -> frozenset[str]:
    """A table of words, written as they are read: separated by blanks, over as many lines as it takes."""
    return frozenset(words.split())


_TECHNOLOGIES = word_set(
    """
    actix airbyte airflow ajax akka alembic algolia alpine anaconda android angular ansible anthropic antd apache
    apollo appwrite arduino argo argocd asdf asp.net astro asyncio asyncpg athena auth0 authjs aws axios axum
    azure babel backbone.js bash bazel bcrypt beanstalk bigquery biome bitbucket blazor bootstrap boto3 bottle
    bower buildkite bulma bun c++ c# caddy capacitor cargo cassandra celery centos chakra chakra-ui chartjs chef
    cherrypy chromadb circleci clang clang-format claude clickhouse clojure cloudflare cloudformation cloudfront
    cloudinary cmake cockroachdb codecov coffeescript composer conan conda consul contentful coolify cordova
    couchbase couchdb crewai css csv cucumber cuda curl cygwin cypress d3 d3.js dagger dagster dart dask
    databricks datadog dataclasses dbt debian deno dependabot devbox digitalocean direnv discord django docker
    docker-compose dotenv doppler drizzle dropbox drupal duckdb dvc dynamodb ec2 ecs eks elasticsearch electron
    elixir elm ember emacs enzyme erlang esbuild eslint esm etcd ethers expo express fargate fastapi fastify
    fedora figma firebase firestore flake8 flask fluentvalidation flutter fluxcd flyway fly.io fortran
    framer-motion gatsby gcc gcp gemini git github gitlab gitea glamor golang gradle grafana graphene graphite
    graphql grpc gulp grunt gunicorn hadoop hapi haproxy haskell hasura helm heroku hetzner hibernate highcharts
    hono html htmx httpx huggingface hugo husky hydra hypothesis i18next immer immutable.js influxdb inertia ionic
    ios isort istio jaeger jasmine java javascript jax jekyll jenkins jest jinja jinja2 jira joi jotai jquery json
    jsonb jsx julia junit jupyter jwt k3s k6 k8s kafka karma keras keycloak kibana kinesis knex koa kotlin ktor
    kubernetes kustomize lambda langchain langgraph laravel leaflet lerna lerna.js libuv liquibase litellm
    litestar llamaindex llvm lodash logstash loguru loki lua lua-jit luxon macos mailgun mantine mariadb markdown
    marshmallow material-ui matplotlib maven mcp mediatr meilisearch memcached mercurial meson meteor micronaut
    milvus minikube minio mixpanel mlflow mobx mocha moment moment.js mongo mongodb mongoose mqtt msw mui
    mudblazor mypy mysql n8n nats neo4j neon nestjs netlify neovim next.js nextauth nextjs nginx ninja nix nixos
    nlp node node.js nodejs nodemon nomad nosql notion npm npx numpy nunit nuxt nuxt.js nvm oauth oauth2
    objective-c ollama okta openai openapi opencv opensearch opentelemetry opentofu oracle orm otel pandas parcel
    passport passport.js pdm peewee perl pgbouncer pgvector phaser php phpunit pinecone pinia pip pip-tools pipenv
    pixi planetscale playwright plotly pnpm podman poetry polars postcss postgis postgres postgresql posthog
    postman powershell preact pre-commit prettier prisma prometheus protobuf protractor proxmox pulsar pulumi
    puppeteer pyenv pydantic pyinstaller pylint pymongo pyright pyspark pytest python pytorch qdrant qiskit qt
    quarkus qwik rabbitmq rails raspbian raylib razor react react-native react-query react-router reactjs recoil
    redis redshift redux remix render.com resend rest rethinkdb rocksdb rollup rspack ruby ruff rust rustls rxjs
    s3 saml sanity sass scala scikit-learn scipy scrapy scss seaborn selenium sendgrid sentry sequelize serverless
    shadcn shadcn/ui shopify sinatra sidekiq sklearn slim snowflake snyk soap socket.io solidity solidjs solr
    sonarqube spacy spark sphinx splunk spring springboot sql sqlalchemy sqlite sqlite3 sqs squarespace ssr
    stimulus storybook strapi streamlit stripe styled-components stylelint stylus supabase superagent supertest
    surrealdb svelte sveltekit svg svn swagger swc swift swiftui symfony tailwind tailwindcss tanstack tauri tcl
    tcp tensorflow terraform testcontainers tinydb textual three.js timescaledb tkinter tokio toml tornado tox
    traefik travis travis-ci trpc tsc tslint tsx turborepo turso twilio twitter typeorm typer typescript typesense
    ubuntu udp unittest unittest2 unocss unittest.mock upstash uv uvicorn uvloop vagrant valkey vanilla-extract
    vercel vim virtualenv vite vitest vscode vue vue.js vuejs vuetify vuex wasm weaviate webassembly webgl webgpu
    webpack webrtc websocket websockets windows winston wordpress xgboost xml xunit yaml yapf yarn zig zod
    zookeeper zustand zsh
    """
)

# What can be chosen or ruled out besides products: nouns of design, structure and practice. Plurals by a final s.
_DESIGN = word_set(
    """
    abstraction accessor adapter agent-framework any-type assembly async asynchronous-io api-key barrel-file
    bare-except base-class batching bytecode cache caching callback callback-hell camelcase cascade cjs
    class-component closure code-generation codegen commonjs concurrency cookie coroutine cors cqrs cron cron-job
    cronjob css-module css-in-js cursor-pagination daemon decorator deadlock dependency-injection dependency
    default-export default-export distributed-transaction docstring domain-driven-design dynamic-import
    eager-loading enum environment-variable env-var event-bus event-sourcing eval exception feature-flag fixture
    float floating-point foreign-key framework generator getter global globals global-state god-object goto
    graph-database hook hexagonal-architecture immutability index-file indirection inheritance inline-style
    inline-styles integration-test interceptor iframe jquery-plugin join lambda-layer layer lazy-loading
    legacy-code library linter local-storage localstorage lock lockfile long-polling macro magic-number
    magic-string mediator message-queue metaclass metaprogramming microfrontend micro-frontend microservice
    middleware migration mixin mock mocking module-federation monad monkey-patching monkeypatching monolith
    monorepo multi-tenancy multiprocessing mutable-state mutation mutex namespace n+1-query native-module
    nested-loop nosql object-oriented-programming offset-pagination oop optimistic-locking orm package
    package-manager pagination partial-index pessimistic-locking pickle plugin pointer polling polyfill
    polymorphism polyrepo preprocessor prefab promise prop-drilling proxy queue race-condition raw-sql raw-query
    rebase recursion reducer reflection regex regexp regular-expression rest retry runtime-reflection schema-less
    semaphore serializer server-component server-side-rendering service-locator service-worker session setter
    shadow-dom shared-state side-effect singleton snake_case snapshot-test soft-delete sse ssr star-import
    static-method stored-procedure string-concatenation stub subclass subclassing subprocess submodule symlink
    synchronous-io template-literal third-party-library thread threading thread-local timer timezone transaction
    trigger tuple type-assertion type-cast typedef union-type unsafe-code utc uuid vendor-lock-in vendoring
    vertical-slice view-model virtual-dom web-component webhook wildcard-import worker worker-thread workspace
    wrapper xhr zero-copy
    """
)

# What programs are made of, and what they do: too common to be a choice, but clear enough to be slow or refactored.
_PARTS = word_set(
    """
    api app application architecture backend batch boot build bundle class cli code codebase command compilation
    compile component controller dashboard database deploy deployment endpoint engine export feature flow form frontend
    function handler import importer index infrastructure install installation interface job layout library load loader
    loop method model module monolith monorepo page parser pipeline process project queries query render rendering
    repo report repository request response route router schema scheduler screen script sdk search server service
    shutdown site start-up startup step store structure suite sync system table task test ui upload view website worker
    """
)
_TROUBLES = word_set(
    """
    bug crash leak race deadlock regression error problem issue failure flake flakiness hang exception segfault
    overflow vulnerability glitch defect timeout bottleneck corruption flicker freeze loop
    """
)


@cache
def technologies() -> frozenset[str]:
    """Names of languages, frameworks, tools and services, in lower case."""
    return _TECHNOLOGIES


@cache
def design_nouns() -> frozenset[str]:
    """Nouns of design in singular and plural; of two words joined by a hyphen, as a pair with a space too."""
    nouns: set[str] = set()
    for noun in _DESIGN:
        plural = noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith(("s", "x", "ch")) else "s")
        for form in (noun, plural):
            nouns.update((form, form.replace("-", " ")))
    return frozenset(nouns)


@cache
def parts() -> frozenset[str]:
    """What programs are made of, in singular and plural."""
    return _PARTS | {part + ("es" if part.endswith(("s", "x", "ch", "sh")) else "s") for part in _PARTS}


@cache
def troubles() -> frozenset[str]:
    """What can be wrong with a program, in singular and plural."""
    return _TROUBLES | {trouble + ("es" if trouble.endswith("sh") else "s") for trouble in _TROUBLES}
