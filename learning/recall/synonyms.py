"""Words that may be meant by others: a small table of the field.

A relative is another word that may be meant (`database`, `postgres`): it counts for less than the word itself, and
`mysql` is never a relative of `postgres`. What is the same word in another form is in `forms`.
"""

from __future__ import annotations

from collections.abc import Mapping

# What a relative counts. Chosen so that the word itself, elsewhere, always counts for more.
RELATIVE_WEIGHT = 0.6

# A general word, and what is meant by it: each finds the other, its neighbours it does not.
_MEANT = """
    accessibility: a11y wcag aria
    api: endpoint rest graphql grpc soap http route sdk
    architecture: structure layer module monolith microservice boundary
    audit: log history trail
    authentication: login password token session oauth oidc saml jwt sso keycloak auth0 okta ldap argon2 bcrypt
    backend: server api django flask fastapi express rails spring laravel
    backup: dump snapshot restore replica
    billing: invoice stripe payment paypal subscription checkout
    browser: chrome firefox safari cookie playwright selenium cypress puppeteer
    build: make compile bazel gradle maven cmake webpack vite artifact wheel
    bundler: vite webpack esbuild rollup parcel
    cache: redis memcached ttl varnish
    chat: slack teams discord
    ci: pipeline jenkins github gitlab circleci travis workflow runner
    cloud: aws gcp azure s3 lambda heroku hosting
    compile: build wheel bazel make binary
    container: docker podman kubernetes containerd
    credential: password token key secret vault
    css: tailwind bootstrap sass scss stylesheet style
    currency: cents money dollar euro amount
    database: postgres mysql sqlite mariadb mongodb oracle dynamodb cockroachdb sql table schema migration orm
    date: timezone utc timestamp iso calendar
    dependency: library package npm pnpm yarn pip poetry uv cargo
    deploy: release production kubernetes rollout
    design: figma sketch palette mockup
    document: readme mkdocs sphinx handbook manual wiki
    edge: corner limit empty unusual
    editor: vim neovim emacs vscode intellij
    email: smtp postmark sendgrid mailgun newsletter ses
    endpoint: route url api
    environment: staging production preproduction dev variable
    event: kafka message webhook
    experiment: toggle flag launchdarkly
    failure: error exception
    font: typeface typography
    format: prettier black gofmt indentation convention style
    framework: django flask fastapi rails react vue svelte angular spring tailwind bootstrap
    frontend: react vue svelte angular browser ui css
    gpu: cuda graphics training
    hosting: aws gcp azure heroku server cloud terraform
    icon: pictogram glyph svg
    indentation: tab space blank
    infrastructure: terraform ansible pulumi aws kubernetes provision
    interface: api ui
    language: python javascript typescript rust golang java kotlin ruby english spelling translation
    lint: eslint ruff flake8 pylint clippy
    linter: eslint ruff flake8 pylint clippy
    load: k6 locust jmeter gatling
    log: sentry logger kibana loki
    map: openstreetmap mapbox geo
    monitor: grafana prometheus datadog sentry alert metric jaeger trace nagios
    network: dns vpn proxy nginx http tls firewall internet
    orm: sqlalchemy prisma hibernate
    package: npm pnpm yarn pip poetry uv cargo pypi wheel
    performance: load latency benchmark
    permission: role authorization access admin approve allow
    personal: gdpr privacy pii
    picture: thumbnail avatar icon
    pipeline: ci workflow
    printer: pdf
    privacy: gdpr personal mask
    protocol: grpc http websocket mqtt rest
    provision: terraform ansible
    queue: kafka rabbitmq celery sqs sidekiq worker broker
    realtime: websocket polling push live
    refactor: rename extract split
    release: version tag publish changelog
    scheduler: cron celery airflow timer
    scrape: crawler spider
    search: elasticsearch solr opensearch lucene meilisearch
    secret: password token key credential vault
    security: vulnerability cve csrf xss injection forgery virus
    shell: bash zsh fish
    signature: cosign gpg sigstore
    sql: postgres mysql sqlite mariadb query select orm
    storage: s3 bucket disk database store persist
    style: css format indentation convention
    support: helpdesk ticket zendesk complaint
    telephone: phone e164
    test: pytest jest vitest unittest mocha playwright cypress fixture mock spec suite
    time: timezone utc timestamp
    trace: jaeger zipkin opentelemetry
    translation: weblate i18n locale label
    type: mypy typescript pyright annotation
    ui: interface screen frontend panel dashboard page
    validate: schema check permit
    vcs: git branch commit
    virus: malware clamav
"""

# Words that say nearly the same: each finds all of its line.
_NEAR = """
    abandon drop replace remove
    account user username profile
    allow permit
    asynchronous background async
    author maintainer
    basket cart
    begin start launch boot startup
    bill invoice
    blank empty missing
    block deadlock lock
    client customer tenant
    colleague team
    colour color palette
    copy duplicate twice
    cron timer schedule nightly hourly
    delete remove erase purge clear
    deploy release ship rollout publish
    different differ vary
    directory path
    dislike hate avoid
    divide split
    dump backup snapshot
    error exception crash failure fault bug
    expire end timeout deadline
    fail crash break
    fast quick performance
    find look locate
    fix repair resolve solve patch
    fresh new latest
    guard protect
    hang freeze deadlock stall stuck
    help aid
    hold retain keep retention
    import ingest load
    job task
    key token credential
    like prefer
    limit quota maximum cap threshold
    live realtime
    mail email
    memory ram gb mb
    merge integrate squash pull
    method function
    old legacy stale outdated
    order purchase
    page listing
    patch pull change
    phone telephone mobile
    price amount
    privilege admin
    prove sign verify
    publish upload
    purchase order buy
    rebuild recompute
    refuse reject
    render generate produce
    reply answer
    request call
    result outcome
    review look inspect
    row record table line
    save store persist
    schedule daily weekly monthly nightly hourly
    screen page
    sign log login
    slow performance latency sluggish lag
    stop shutdown terminate
    tag label
    tell explain teach
    title name headline
    trunk main master
    update upgrade bump refresh reload
    user person visitor customer
    verify check validate
    website site page
"""


def _relatives() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for line in _MEANT.strip().splitlines():
        general, _, meant = line.partition(":")
        for word in meant.split():
            found.setdefault(general.strip(), {})[word] = None
            found.setdefault(word, {})[general.strip()] = None
    for line in _NEAR.strip().splitlines():
        words = line.split()
        for word in words:
            found.setdefault(word, {}).update({other: None for other in words if other != word})
    return {word: tuple(others) for word, others in found.items()}


RELATIVES: Mapping[str, tuple[str, ...]] = _relatives()
"""For a word in lower case, those that may be meant by it."""
