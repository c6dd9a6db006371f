"""Something that is slow or wasteful: "the query is too slow", "the importer leaks memory"."""

from __future__ import annotations

from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind

_TOO = "too|very|so|extremely|really|painfully|terribly|incredibly|unbearably|horribly|awfully|quite|pretty|super"
_IS = "~be|~feel|~get|~become|~run|~seem"

PHRASES = (
    f"{{subject}} {_IS} (just|still|way|far|much|getting|been) {_TOO} slow|sluggish|laggy|expensive|heavy",
    f"{{subject:part}} {_IS} (just|still|getting|always) slow|sluggish|laggy",
    "{subject:part} ~take (about|around|like|over|almost|nearly|up) (to) {time:number} seconds|s|minutes|mins|hours",
    "{subject} ~take (way|far|much) too long|much",
    "{subject} ~take forever|ages",
    "{subject} ~leak memory|connections|handles|descriptors",
    "{subject} ~be|~become (a|the|our|main|real|biggest|major|huge) (bottleneck) (main|real|biggest|major) bottleneck",
    "performance problem|problems|issue|issues|regression|regressions|bottleneck|bottlenecks in|with|on|of {subject}",
    "memory leak|leaks in {subject}",
    "bottleneck is|was (in) {subject}",
    "{subject} ~have|~cause (a) (big|serious|huge|major) performance problem|problems|issue|issues",
    "{subject} ~run|~eat|~use (out|up|too) (of|all|much) memory|ram|cpu",
)

# Looser: evidence for the gate, and a statement of this kind where no phrase above fits.
FORMS = {
    "slow": (
        r"\b(?:latency|too slow|(?:is|are|very|was|so) slow|takes? \d+|expensive|bottleneck|overhead|performance"
        r"|throughput|out of memory|\d+ ?(?:ms|s|seconds|minutes|gb|mb)\b)"
    ),
}

DETECTOR = PhraseDetector(Kind.PERFORMANCE_ISSUE, 0.85, PHRASES, general=True, forms=FORMS)
