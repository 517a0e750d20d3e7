"""The fixed words of the house: each a closed list, with the Chinese word that the reader sees.

Every value is a plain string too (``Status.MET == "met"``), so that it goes into JSON, YAML and SQLite as it is; what is
misspelt does not type-check, and ``Status(text)`` refuses what is not one.
"""

from __future__ import annotations

from enum import StrEnum


class _Worded(StrEnum):
    """A closed list with a Chinese word for each member."""

    @property
    def word(self) -> str:
        """The word for the reader."""
        return _WORDS[self.__class__, self]

    @classmethod
    def words(cls) -> dict[str, str]:
        """All members with their words, in order."""
        return {member: member.word for member in cls}

    @classmethod
    def shown(cls, value: str) -> str:
        """The word of a value that may stand in no list (what another version wrote): then the value itself."""
        return cls.words().get(value, value)


class Status(_Worded):
    """The verdict on one element (labelling guide, "Status")."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"
    NEEDS_REVIEW = "needs-review"

    @property
    def gap(self) -> bool:
        """Whether something is to be mended."""
        return self in GAPS


GAPS = frozenset({Status.PARTIAL, Status.MISSING})


class Certainty(_Worded):
    """Whether the two readers of a report agree on a verdict; if not, a person is to look at both passages."""

    SURE = "sure"
    CHECK = "check"


class Nature(StrEnum):
    """What a gap is when it is not simply something that is missing."""

    LATE = "late"
    CONTRARY = "contrary"


class Actor(_Worded):
    """Who did what a report tells of the duty of the principal persons."""

    PRINCIPAL = "principal"
    BODY = "body"
    ORGAN = "organ"
    UNNAMED = "unnamed"


class Severity(_Worded):
    """How much an element is asked for."""

    REQUIRED = "required"
    EXPECTED = "expected"
    ADVISORY = "advisory"


class Level(_Worded):
    """The level of the reporting body; districts are counties, street offices townships, organs of any government departments."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    DEPARTMENT = "department"


class Role(_Worded):
    """What a part of a report is for."""

    MEASURES = "measures"
    FIRST = "first-responsible"
    PROBLEMS = "problems"
    PLAN = "plan"
    PREAMBLE = "preamble"
    CLOSING = "closing"
    OTHER = "other"


PAST = frozenset({Role.MEASURES, Role.FIRST, Role.PREAMBLE, Role.CLOSING, Role.OTHER})
"""The roles of the past-year part: everything but problems and plan."""


class Field(_Worded):
    """A fact of the page, in the order of ``fazhi-result/1``."""

    TITLE = "title"
    ISSUER = "issuer"
    ADDRESSEE = "addressee"
    DOCUMENT_DATE = "document_date"
    PUBLICATION_DATE = "publication_date"
    INDEX_NUMBER = "index_number"
    DOCUMENT_NUMBER = "document_number"


class Place(_Worded):
    """Where a fact of the page was read."""

    HEADER = "header"
    SIGNATURE = "signature"
    TITLE = "title"
    FILE = "file"
    BODY = "body"
    OPTION = "option"


class Arithmetic(_Worded):
    """What recomputing says of a statement."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"


_WORDS: dict[tuple[type[_Worded], str], str] = {
    (Status, Status.MET): "具备",
    (Status, Status.PARTIAL): "不足",
    (Status, Status.MISSING): "缺失",
    (Status, Status.NOT_APPLICABLE): "不适用",
    (Status, Status.NEEDS_REVIEW): "待复核",
    (Certainty, Certainty.SURE): "有把握",
    (Certainty, Certainty.CHECK): "待核对",
    (Actor, Actor.PRINCIPAL): "本人",
    (Actor, Actor.BODY): "班子",
    (Actor, Actor.ORGAN): "其他机关",
    (Actor, Actor.UNNAMED): "没有写明",
    (Severity, Severity.REQUIRED): "必备",
    (Severity, Severity.EXPECTED): "应有",
    (Severity, Severity.ADVISORY): "建议",
    (Level, Level.PROVINCE): "省级",
    (Level, Level.CITY): "市级",
    (Level, Level.COUNTY): "县级",
    (Level, Level.TOWNSHIP): "乡级",
    (Level, Level.DEPARTMENT): "部门",
    (Role, Role.MEASURES): "主要举措和成效",
    (Role, Role.FIRST): "第一责任人履职",
    (Role, Role.PROBLEMS): "存在的问题",
    (Role, Role.PLAN): "下一年度安排",
    (Role, Role.PREAMBLE): "导语",
    (Role, Role.CLOSING): "结尾",
    (Role, Role.OTHER): "其他",
    (Field, Field.TITLE): "标题",
    (Field, Field.ISSUER): "发文机关",
    (Field, Field.ADDRESSEE): "主送机关",
    (Field, Field.DOCUMENT_DATE): "成文日期",
    (Field, Field.PUBLICATION_DATE): "发布日期",
    (Field, Field.INDEX_NUMBER): "索引号",
    (Field, Field.DOCUMENT_NUMBER): "发文字号",
    (Place, Place.HEADER): "页面",
    (Place, Place.SIGNATURE): "落款",
    (Place, Place.TITLE): "正文标题",
    (Place, Place.FILE): "文件属性",
    (Place, Place.BODY): "正文",
    (Place, Place.OPTION): "指明的",
    (Arithmetic, Arithmetic.CONSISTENT): "相符",
    (Arithmetic, Arithmetic.INCONSISTENT): "矛盾",
}

STREET_WORDS = (
    ("镇党委书记", "党工委书记"),
    ("镇党委", "街道党工委"),
    ("镇人民代表大会", "人大街道工委"),
    ("镇村", "街道社区"),
    ("镇长", "办事处主任"),
    ("党政办", "党政综合办"),
    ("村（社区）", "社区"),
    ("进村入户", "进社区入户"),
    ("村级", "社区"),
    ("村民", "居民"),
    ("本镇", "本街道"),
    ("乡镇", "街道"),
    ("县直", "区直"),
    ("县级", "区级"),
    ("县司法局", "区司法局"),
)
"""What a street office says where a town's sentences speak of the town, in this order; a single 镇 that is left becomes 街道."""
