"""The shapes of the keys and tokens that services give out.

As the services document them or open rule sets (gitleaks, GitHub's secret scanning) agree on. Each begins with
characters of its own and has bounded repetitions, so that looking for it is linear and what only looks random (git
hashes, UUIDs, versions, base64 images) is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Shape:
    """How the tokens of one kind look."""

    name: str
    """What people read: "GitHub token"."""
    cues: tuple[str, ...]
    """One of these is in each of them. Looking for it is thirty times faster than the expression."""
    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled at the first text that has a cue: all of them together take 20 ms."""
        return re.compile(f"(?<![A-Za-z0-9])(?:{self.expression})")


# Ends: not in the middle of a longer word, which is something else.
_END = r"(?![A-Za-z0-9])"
_END_DASH = r"(?![A-Za-z0-9_-])"


def _shape(name: str, cues: str, expression: str) -> Shape:
    return Shape(name, tuple(cues.split()), expression)


SHAPES: tuple[Shape, ...] = (
    # Clouds
    _shape("AWS access key", "AKIA ASIA ABIA ACCA", rf"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{{16}}{_END}"),
    _shape("AWS Bedrock key", "ABSK", r"ABSK[A-Za-z0-9+/]{100,300}={0,2}"),
    _shape(
        "Google key",
        "AIza GOCSPX- ya29.",
        rf"AIza[A-Za-z0-9_-]{{35}}{_END_DASH}|GOCSPX-[A-Za-z0-9_-]{{28}}|ya29\.[A-Za-z0-9_-]{{20,500}}",
    ),
    _shape("Azure client secret", "Q~", r"[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}"),
    _shape("Azure signature", "sig=", r"sig=[A-Za-z0-9%+/]{40,120}(?:=|%3[Dd])?"),
    _shape("DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", r"do[opr]_v1_[0-9a-f]{64}"),
    _shape("Alibaba key", "LTAI", rf"LTAI[A-Za-z0-9]{{17,21}}{_END}"),
    _shape("Tencent key", "AKID", rf"AKID[A-Za-z0-9]{{32}}{_END}"),
    _shape("Heroku key", "HRKU-", r"HRKU-[A-Za-z0-9_-]{36,60}"),
    _shape("Netlify token", "nfp_", r"nfp_[A-Za-z0-9]{36,60}"),
    _shape("Fly.io token", "fm1 fm2_ fo1_", r"(?:fm1[ar]|fm2|fo1)_[A-Za-z0-9+/=_-]{40,500}"),
    _shape("Cloudflare key", "v1.0-", rf"v1\.0-[0-9a-f]{{24}}-[0-9a-f]{{146}}{_END}"),
    _shape("Supabase key", "sbp_ sb_secret_", r"sbp_[0-9a-f]{40}|sb_secret_[A-Za-z0-9_-]{20,60}"),
    _shape("PlanetScale token", "pscale_", r"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9=._-]{32,64}"),
    _shape("Neon key", "napi_", r"napi_[a-z0-9]{40,80}"),
    _shape("Databricks token", "dapi", rf"dapi[0-9a-f]{{32}}(?:-\d)?{_END}"),
    _shape("Tailscale key", "tskey-", r"tskey-[a-z]{2,10}-[A-Za-z0-9]{6,20}-[A-Za-z0-9]{20,50}"),
    # Code and packages
    _shape(
        "GitHub token",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        r"gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{50,255}",
    ),
    _shape(
        "GitLab token",
        "glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glagent- glimt- gloas-",
        r"gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt|oas)-[A-Za-z0-9_.-]{20,255}",
    ),
    _shape("Atlassian token", "ATATT3 ATCTT3 ATBB", rf"AT[AC]TT3[A-Za-z0-9_=-]{{60,250}}|ATBB[A-Za-z0-9]{{32}}{_END}"),
    _shape("npm token", "npm_", rf"npm_[A-Za-z0-9]{{36}}{_END}"),
    _shape("PyPI token", "pypi-", r"pypi-[A-Za-z0-9_-]{50,500}"),
    _shape("RubyGems key", "rubygems_", rf"rubygems_[0-9a-f]{{48}}{_END}"),
    _shape("crates.io token", "cio", rf"cio[A-Za-z0-9]{{32}}{_END}"),
    _shape("NuGet key", "oy2", rf"oy2[a-z0-9]{{43}}{_END}"),
    _shape("Clojars token", "CLOJARS_", r"CLOJARS_[a-z0-9]{60}"),
    _shape("Docker token", "dckr_pat_ dckr_oat_", r"dckr_[po]at_[A-Za-z0-9_-]{20,60}"),
    _shape("JFrog key", "AKCp", r"AKCp[A-Za-z0-9]{60,80}"),
    _shape("SonarQube token", "sqp_ sqa_ squ_", rf"sq[apu]_[0-9a-f]{{40}}{_END}"),
    _shape("CircleCI token", "CCIPAT_ CCIPRJ_", r"CCIP(?:AT|RJ)_[A-Za-z0-9]{10,30}_[0-9a-f]{40}"),
    _shape("Buildkite token", "bkua_ bkct_", r"bk(?:ua|ct)_[A-Za-z0-9]{40}"),
    _shape("Pulumi token", "pul-", rf"pul-[0-9a-f]{{40}}{_END}"),
    _shape("Terraform token", ".atlasv1.", r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}"),
    _shape("Vault token", "hvs. hvb. hvr.", r"hv[bsr]\.[A-Za-z0-9_-]{24,300}"),
    _shape("Doppler token", "dp.", r"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}"),
    _shape("1Password token", "ops_eyJ", r"ops_eyJ[A-Za-z0-9+/=_-]{60,4000}"),
    _shape("age key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    _shape("Postman key", "PMAK-", r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    _shape("Figma token", "figd_", r"figd_[A-Za-z0-9_-]{40,50}"),
    # Watching
    _shape("Grafana token", "glc_ glsa_", r"glc_[A-Za-z0-9+/=]{32,400}|glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}"),
    _shape("Sentry token", "sntrys_ sntryu_", r"sntrys_[A-Za-z0-9+/=_-]{60,400}|sntryu_[0-9a-f]{64}"),
    _shape("New Relic key", "NRAK- NRII- NRJS-", r"NR(?:AK|II|JS)-[A-Za-z0-9_-]{19,40}"),
    _shape("Dynatrace token", "dt0", r"dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    # People and messages
    _shape("Slack token", "xox xapp-", r"xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,255}|xapp-\d-[A-Za-z0-9-]{10,255}"),
    _shape("Slack webhook", "hooks.slack", r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/+]{20,120}"),
    _shape(
        "Teams webhook", ".webhook.office.com", r"[a-z0-9]{1,40}\.webhook\.office\.com/webhookb2/[A-Za-z0-9@/-]{60,220}"
    ),
    _shape("Discord webhook", "/api/webhooks/", r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[A-Za-z0-9_-]{60,80}"),
    _shape(
        "Discord token", ".", rf"[MNO][A-Za-z0-9_-]{{23,27}}\.[A-Za-z0-9_-]{{6}}\.[A-Za-z0-9_-]{{27,38}}{_END_DASH}"
    ),
    _shape("Telegram token", ":AA", rf"\d{{8,10}}:AA[A-Za-z0-9_-]{{32,34}}{_END_DASH}"),
    _shape("SendGrid key", "SG.", r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}"),
    _shape("Mailgun key", "key-", rf"key-[0-9a-f]{{32}}{_END_DASH}"),
    _shape("Mailchimp key", "-us", rf"[0-9a-f]{{32}}-us\d{{1,2}}{_END}"),
    _shape("Brevo key", "xkeysib-", r"xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}"),
    _shape("Resend key", "re_", rf"re_[A-Za-z0-9]{{8}}_[A-Za-z0-9]{{24}}{_END}"),
    _shape("Twilio key", "SK", rf"SK[0-9a-f]{{32}}{_END}"),
    _shape("Linear key", "lin_api_ lin_oauth_", r"lin_(?:api|oauth)_[A-Za-z0-9]{32,64}"),
    _shape("Notion token", "ntn_ secret_", rf"ntn_[A-Za-z0-9]{{40,60}}|secret_[A-Za-z0-9]{{43}}{_END}"),
    _shape("Airtable token", "pat", rf"pat[A-Za-z0-9]{{14}}\.[0-9a-f]{{64}}{_END}"),
    _shape("Dropbox token", "sl.", r"sl\.[A-Za-z0-9_-]{130,2000}"),
    _shape("Okta token", "SSWS ", r"SSWS [A-Za-z0-9_-]{42}"),
    _shape("Facebook token", "EAA", rf"EAA[A-Za-z0-9]{{60,400}}{_END}"),
    # Money and shops
    _shape(
        "Stripe key", "sk_ rk_ whsec_", r"(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,247}|whsec_[A-Za-z0-9+/]{24,120}"
    ),
    _shape("Square token", "sq0 EAAA", rf"sq0[a-z]{{3}}-[A-Za-z0-9_-]{{22,43}}|EAAA[A-Za-z0-9_-]{{60}}{_END_DASH}"),
    _shape("Shopify token", "shpat_ shpca_ shppa_ shpss_", rf"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{{32}}{_END}"),
    _shape("Razorpay key", "rzp_", r"rzp_(?:live|test)_[A-Za-z0-9]{14,20}"),
    _shape(
        "Plaid token",
        "access-",
        r"access-(?:sandbox|development|production)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    ),
    # Models
    _shape("Anthropic key", "sk-ant-", r"sk-ant-[A-Za-z0-9_-]{20,255}"),
    _shape(
        "OpenAI key",
        "sk-",
        r"sk-(?:proj|svcacct|admin|or-v1|None)-[A-Za-z0-9_-]{20,255}"
        rf"|sk-[A-Za-z0-9]{{20}}T3BlbkFJ[A-Za-z0-9]{{20}}|sk-[A-Za-z0-9]{{32,64}}{_END_DASH}",
    ),
    _shape("Hugging Face token", "hf_", rf"hf_[A-Za-z]{{34}}{_END}|hf_[A-Za-z0-9]{{34,40}}{_END}"),
    _shape("Groq key", "gsk_", r"gsk_[A-Za-z0-9]{40,60}"),
    _shape("xAI key", "xai-", r"xai-[A-Za-z0-9]{60,100}"),
    _shape("Perplexity key", "pplx-", r"pplx-[A-Za-z0-9]{40,60}"),
    _shape("Replicate token", "r8_", rf"r8_[A-Za-z0-9]{{37}}{_END}"),
    _shape("Cerebras key", "csk-", r"csk-[a-z0-9]{40,60}"),
    _shape("Pinecone key", "pcsk_", r"pcsk_[A-Za-z0-9]{5,8}_[A-Za-z0-9]{40,70}"),
    _shape("LangSmith key", "lsv2_", r"lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}"),
    _shape("ElevenLabs key", "sk_", rf"sk_[0-9a-f]{{48}}{_END}"),
    # Of many
    _shape(
        "JSON web token",
        "eyJ",
        r"eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,2000}",
    ),
    _shape(
        "private key",
        "-----BEGIN PuTTY-User-",
        r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d",
    ),
)
