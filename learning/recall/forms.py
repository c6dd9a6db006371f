"""Forms of one word that no stemmer knows: irregular English ones (`went`, `go`) and the field's short ones (`db`).

They are counted under one name everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

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


def _forms() -> dict[str, str]:
    lines = [line.split() for line in _SAME.strip().splitlines()]
    return {word: line[0] for line in lines for word in line}


FORMS: Mapping[str, str] = _forms()
"""For a word in lower case, the one that stands for it."""
