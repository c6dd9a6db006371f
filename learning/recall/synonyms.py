"""Words that are looked for together: a small table of the field, and what English spells in several ways.

Two ways of meaning the same. A word with `FORMS` is the same word (`went`, `go`; `db`, `database`): it is counted
under one name everywhere. A word with relatives is another word that may be meant (`database`, `postgres`): it counts
for less, and `mysql` is never a relative of `postgres`.
"""

from __future__ import annotations

from collections.abc import Mapping

# What a relative counts. Chosen so that the word itself, elsewhere, always counts for more.
RELATIVE_WEIGHT = 0.6

# The first word of a line stands for all of it. Irregular forms, which no stemmer knows, and short forms of the field.
_SAME = """
    be was were been am is are
    become became
    begin began begun
    break broke broken
    bring brought
    build built
    buy bought
    catch caught
    choose chose chosen
    come came
    draw drew drawn
    drink drank drunk
    drive drove driven
    eat ate eaten
    fall fell fallen
    feel felt
    fight fought
    find found
    fly flew flown
    forget forgot forgotten
    freeze froze frozen
    give gave given
    go went gone
    grow grew grown
    hang hung
    hear heard
    hide hid hidden
    hold held
    keep kept
    know knew known
    lead led
    learn learnt
    leave left
    lend lent
    lose lost
    make made
    mean meant
    meet met
    overwrite overwrote overwritten
    pay paid
    rewrite rewrote rewritten
    ride rode ridden
    ring rang rung
    rise rose risen
    run ran
    say said
    see saw seen
    sell sold
    send sent
    shoot shot
    show shown
    sing sang sung
    sit sat
    sleep slept
    speak spoke spoken
    spend spent
    stand stood
    steal stole stolen
    stick stuck
    swim swam swum
    take took taken
    teach taught
    tell told
    think thought
    throw threw thrown
    understand understood
    wake woke woken
    wear wore worn
    win won
    write wrote written
    child children kid kids
    person people
    man men
    woman women
    foot feet
    life lives
    tooth teeth
    mouse mice
    index indices indexes
    vertex vertices
    matrix matrices
    mother mom mum
    father dad
    picture photo photos photograph photographs pic pics image images img
    movie film
    application app apps
    argument arg args
    authentication auth authn
    authorization authorisation authz
    button btn
    command cmd
    configuration config configs cfg conf
    database databases db dbs
    dependency dependencies dep deps
    development dev
    directory directories dir dirs folder folders
    document docs doc documentation
    environment env envs
    function func fn
    javascript js
    kubernetes k8s
    message msg msgs
    parameter param params
    performance perf
    postgres postgresql psql pg
    production prod
    python py
    repository repositories repo repos
    specification spec specs
    temporary temp tmp
    typescript ts
    variable var vars
    version versions ver
    yaml yml
"""

# A general word, and what is meant by it: each finds the other, its neighbours it does not.
_MEANT = """
    database: postgres mysql sqlite mariadb mongodb oracle dynamodb cockroachdb sql table schema
    sql: postgres mysql sqlite mariadb query
    cache: redis memcached ttl
    queue: kafka rabbitmq celery sqs sidekiq worker broker
    css: tailwind bootstrap sass scss stylesheet styling
    style: css formatting indentation convention
    frontend: react vue svelte angular browser ui
    ui: interface screen frontend
    backend: server api django flask fastapi express rails
    framework: django flask fastapi rails react vue svelte angular spring
    language: python javascript typescript rust golang java kotlin ruby
    bundler: vite webpack esbuild rollup parcel
    test: pytest jest vitest unittest mocha playwright cypress fixture
    lint: eslint ruff flake8 pylint clippy
    linter: eslint ruff flake8 pylint clippy
    formatter: prettier black gofmt ruff
    format: prettier black gofmt indentation
    indentation: tab space
    package: npm pnpm yarn pip poetry uv cargo dependency library
    dependency: library package
    container: docker podman kubernetes image
    orchestration: kubernetes nomad
    cloud: aws gcp azure s3
    storage: s3 bucket disk database
    ci: pipeline jenkins actions gitlab
    pipeline: ci workflow
    monitoring: grafana prometheus datadog sentry alert metrics
    logging: log sentry logger
    authentication: login oauth jwt password token session sso
    login: authentication password session
    credential: password token key secret
    secret: password token key credential
    permission: role authorization access
    api: endpoint rest graphql grpc route
    endpoint: route url
    money: cents price amount currency payment
    payment: stripe checkout invoice billing
    date: timezone utc timestamp
    time: timezone utc timestamp
    type: mypy typescript pyright annotation
    orm: sqlalchemy prisma hibernate
    editor: vim neovim emacs vscode
    shell: bash zsh fish
    vcs: git branch commit
    docs: readme
"""

# Words that say nearly the same: each finds all of its line.
_NEAR = """
    error exception crash failure fault bug
    fail crash break
    deploy release ship rollout publish
    delete remove erase purge
    slow performance latency sluggish
    fast quick performance
    fix repair resolve patch
    start launch boot startup
    stop shutdown terminate
    upgrade update bump
    hang freeze deadlock stall
    limit quota maximum threshold
    timeout deadline
    memory ram
    folder directory path
    customer user client
    colour color
    job task
    backup dump snapshot
    rename move
    duplicate copy
    verify check validate
    team colleague
    mail email
"""


def _forms() -> dict[str, str]:
    lines = [line.split() for line in _SAME.strip().splitlines()]
    return {word: line[0] for line in lines for word in line}


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


FORMS: Mapping[str, str] = _forms()
"""For a word in lower case, the one that stands for it."""
RELATIVES: Mapping[str, tuple[str, ...]] = _relatives()
"""For a word in lower case, those that may be meant by it."""
