"""What the numbers of the ranker mean, in words, for the reasons that go with a ranking."""

import re

WHAT = {
    "fact": "this very act between the two",
    "class": "acts of this kind between the two",
    "pair": "acts between the two, this way round",
    "act-other": "this act with the candidate, whoever the other side",
    "class-other": "acts of this kind with the candidate",
    "other": "all acts with the candidate",
    "subject-act": "this act with the one asked about",
    "subject": "all acts with the one asked about",
    "act": "this act anywhere",
    "subject-country": "acts with the candidate's country",
    "subject-act-country": "this act with the candidate's country",
    "country-other": "acts of the same country with the candidate",
    "country-act-other": "this act of the same country with the candidate",
    "country-act-country": "this act between the two countries",
    "country-act": "this act of the country",
    "country-country": "acts between the two countries",
    "role-act-role": "this act between such roles",
    "role-act": "this act of such a role",
    "act-role": "this act with the candidate's role",
    "country-class-other": "acts of this kind of the same country with the candidate",
    "role-other": "acts of this kind of such roles with the candidate",
    "subject-role": "acts of this kind with the candidate's role",
    "family": "acts of this kind between the same roles and countries",
    "family-any": "acts between the same roles and countries",
    "lands": "between the two countries",
    "land-to-other": "between the country and the candidate",
    "acts-of-other": "of the candidate",
    "subject-to-land": "between the one asked about and the candidate's country",
}
PLAIN = {
    "through": "strength of links through third parties",
    "through lately": "links through third parties in the last days",
    "alike any": "what similar actors do with the candidate",
    "alike class": "acts of this kind of similar actors with the candidate",
    "alike act": "this act of similar actors with the candidate",
    "likeness": "how alike the partners of the two are",
    "days of fact": "days with this very act between the two",
    "days of fact, first": "days since this very act between the two was first told",
    "days of pair": "days with acts between the two",
    "days of pair, first": "days since the two first met",
    "days of other": "days with acts of the candidate",
    "days of other, first": "days since the candidate was first told of",
    "days of subject": "days with acts of the one asked about",
    "days of subject, first": "days since the one asked about was first told of",
    "same country": "both of one country",
    "same role": "both in one role",
    "inverse": "the one asked about receives the act",
    "country known": "the candidate's country is known",
    "other is a state": "the candidate is a state",
    "act class": "the kind of act",
    "days ahead": "how far ahead the question lies",
}
RULES = re.compile(r"rules (?P<where>[a-z-]+) (?:slow|fast) (?:sum|best)")
COLUMN = re.compile(r"(?P<turn>back )?(?P<new>new to )?(?P<name>[a-z-]+):(?P<column>total|age|[\d.]+d)")
SHARE = re.compile(r"share (?P<part>[a-z -]+)/(?P<whole>[a-z -]+):.*")


def words_of_feature(name: str) -> str:
    """What a feature means; the name itself if nothing is known of it."""
    if name.startswith("relative "):
        return f"{words_of_feature(name.removeprefix('relative '))}, against the best candidate"
    if name in PLAIN:
        return PLAIN[name]
    if found := RULES.fullmatch(name):
        where = "between the two" if found["where"] == "fact" else WHAT[found["where"]]
        return f"what earlier acts {where} point to"
    if found := SHARE.fullmatch(name):
        return f"{_subject(found['part'])} as a part of {_subject(found['whole'])}"
    if found := COLUMN.fullmatch(name):
        subject = _subject((found["new"] or "") + found["name"]) + (
            ", the other way round" if found["turn"] else ""
        )
        if found["column"] == "age":
            return f"days since the last of {subject}"
        return f"{subject}, {'ever' if found['column'] == 'total' else 'lately'}"
    return name


def _subject(name: str) -> str:
    if name.startswith("new to "):
        return f"first meetings among {WHAT.get(name.removeprefix('new to '), 'such roles')}"
    return WHAT.get(name, name)
