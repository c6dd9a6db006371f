"""What kind of sentence it is: question, condition, doubt, report. These speak against asking."""

from __future__ import annotations

CUES = {
    "question_mark": r"\?[\"')\s]*$",
    "opens_as_question": (
        r"^(?:(?:do|does|did|don't|doesn't|didn't|have|has|had) (?:i|we|you|they|he|it|the|this|that|these|those|our"
        r"|my|any)\b|(?:is|are|was|were|can|could|would|should|shouldn't|couldn't|wouldn't|will|isn't|aren't|what|why"
        r"|how|where|when(?= (?:do|does|did|is|are|will|can))|which|who|whose|any)\b)"
    ),
    "asks_for_something": r"\b(?:can|could|would|will) (?:you|we|u|i|yuou)\b",
    "asks_about": (
        r"\b(?:what about|how about|what's|what is|how do|how does|how can|is it|is there|are there|do we|do you"
        r"|does it|did you|are you|have you)\b"
    ),
    "wonders": (
        r"\b(?:wonder(?:ing)?|not sure|unsure|curious|i guess|don't know|do not know|dunno|confused|don't understand"
        r"|no idea)\b"
    ),
    "hedges": (
        r"\b(?:maybe|perhaps|probably|possibly|i think|might|seems?|looks like|i believe|kind of|sort of|presumably"
        r"|i suppose|i feel)\b"
    ),
    "condition": r"^(?:if|unless|in case|assuming|suppose|when)\b|\bif (?:you|we|it|the|that|this|not|so|there)\b",
    "hypothesis": (
        r"\b(?:would be|could be|would have|could have|what if|ideally|would need|we could|you could|i could|it'd be"
        r"|would like|let'?s (?:say|assume|pretend|suppose))\b"
    ),
    "past_report": r"\b(?:was|were|did|didn't|got|had|broke|failed|happened|saw|tried|ran|stopped|still)\b",
    "trouble": (
        r"\b(?:errors?|fail(?:s|ed|ing|ure)?|broken|crash(?:es|ed|ing)?|bug|issue|problem|not working|isn't working"
        r"|doesn't work|does not work|wrong|stuck|hang(?:s|ing)?|missing|weird|still)\b"
    ),
    "getting_trouble": (
        r"\b(?:(?:getting|got|gives?|giving|seeing|see|receiv\w*|throws?) (?:this|an?|the|me|some|these|following)"
        r"|shows? (?:this|an?|the|some|these|following))\b"
    ),
    "asks_to_see": (
        r"\b(?:show me|tell me|give me|let me know|explain|walk me|help me|list all|find out|figure out|look at"
        r"|take a look|look into|check if|check whether|check the)\b"
    ),
    "first_person_report": (
        r"^i (?:see|saw|got|get|ran|tried|just|am|was|had|can|cannot|can't|did|didn't|don't see|updated|added"
        r"|changed|have)\b"
    ),
    "thanks_or_praise": (
        r"\b(?:thanks|thank you|great|awesome|perfect|nice|lgtm|looks good|sounds good|works|cool|good job"
        r"|well done)\b"
    ),
    "quotes_speech": (
        r"^[\"“']|\byou (?:said|wrote|mentioned|told)\b|\bit says\b|\bhe said\b|\bthey said\b|\baccording to\b"
    ),
    "reported": (
        r"(?<!\bi )(?<!\bwe )(?<!\byou )\b(?:claims|claimed|says|suggests|suggested|recommends|recommended|argues"
        r"|argued|thinks|believes)\b|\b(?:docs?|documentation|readme|article|book|tutorial|guide|manual)(?: \w+)?"
        r" (?:say|said|recommends?|suggest)\b"
    ),
    "holds_quotation": r"\b(?:says|said|reads|reading|shows?|prints?|titled|contains?) \"[^\"]{12,200}\"",
    "asks_whether": r"\bwhether\b|\btell me (?:if|why|how|what|where|when|who)\b",
    "example": r"\b(?:e\.g|for example|for instance|such as|like this|example:|as an example)\b",
}
