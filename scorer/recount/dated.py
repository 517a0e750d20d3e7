"""Acts, data and dates that cannot be of the year or day that the report says (see ``across``)."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from scorer.document import Span
from scorer.parsing.report import Report
from scorer.parsing.units import Sentence
from scorer.recount.model import Statement, finding
from scorer.vocabulary import Role

_ACT = re.compile(r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?P<after>.?)")
_HELD = re.compile("召开|举办|举行|组织|开展|主持|审议|听取|部署")
_THIS = re.compile("(?:今年以来|今年|本年度?|一年来|全年)[^。;]{0,24}")
_COMPARES = re.compile("上年|去年|同比|相比|较|比|结转|继续|延续|自")
_AHEAD = re.compile("将|拟|计划|预计|力争|届|到期|有效|期限|截止|之前|底前|前完成|确保|争取")
_FOUNDED = re.compile("成立|施行|实施|修订|颁布|公布|印发|出台|批准|启用|以来|起|至今|设立|组建|获|命名|挂牌|建成|试点|曾|已|自")
_SINCE = re.compile("以来|至今|命名|获评|获得|荣获|施行|颁布|修订|启动|成立|立项|批准|次年|翌年")
_YEAR_OPENS = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:,|度,|(?:我|全)[市县区镇省乡州旗局街])")
_THIS_YEAR = re.compile("今年|本年|目前|现在|同比|同期|相比|较|比|连续|以来|期间|历|再次|又|持续至")
_UNTIL = re.compile(r"截[至止](?:到)?(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末)")
_A_YEAR = re.compile("(?:19|20)[0-9][0-9]年")
_CARRIED_MONTH = 12


def told(report: Report) -> Iterator[Sentence]:
    """The sentences on what was done that have a year in them."""
    text = report.text
    places = [found.start() for found in _A_YEAR.finditer(text)]
    for sentence in report.sentences:
        start, end = sentence.span
        at = bisect_left(places, start)
        if (
            at < len(places)
            and places[at] < end
            and not sentence.heading
            and not sentence.future
            and sentence.role in (Role.MEASURES, Role.FIRST)
        ):
            yield sentence


def misdated(report: Report, dated: Sequence[Sentence]) -> Iterator[Statement]:
    """What tells of another year than the title's, where both are known."""
    year, title = report.metadata.report_year, report.metadata.title
    if year is not None and title is not None and title.span is not None:
        for find in (_acts, _told_as_this_years, _leftover_years):
            yield from find(report, dated, year, title.span)


def _opening(text: str, sentence: Sentence, place: int) -> Span:
    """The sentence up to the end of the first clause that goes on beyond a place, without its punctuation."""
    start, end = sentence.span
    stop = next((clause.end for clause in sentence.clauses if clause.end > place), end)
    return Span(start, stop - 1 if text[stop - 1] in ",。;" else stop)


def _acts(report: Report, dated: Sequence[Sentence], year: int, title: Span) -> Iterator[Statement]:
    """A meeting or another act of an earlier year told as this year's."""
    text = report.text
    for sentence in dated:
        start, end = sentence.span
        if text[start : start + 2] not in ("19", "20"):
            continue
        act = _ACT.match(text, start, end)
        if (
            not act
            or int(act["year"]) != year - 1
            or int(act["month"]) == _CARRIED_MONTH
            or (act["after"] not in (",", "") and act["after"] in "的起以至-")
        ):
            continue
        words = text[act.end("month") : end]
        if act["year"] in words or not _HELD.search(words[:30]) or _FOUNDED.search(words) or _speaks_of(words, year) or "次年" in words:
            continue
        span = _opening(text, sentence, act.end() + 4)
        said = re.search("本年度?[^,。;]*|今年[^,。;]*|全年[^,。;]*", words)
        other = Span(act.end("month") + said.start(), act.end("month") + said.end()) if said else title
        right = f"{year}年"
        yield finding("dated-act", span, other, f"{act['year']}年", right, f"报告年度为{right}")


def _told_as_this_years(report: Report, dated: Sequence[Sentence], year: int, title: Span) -> Iterator[Statement]:
    """今年以来，我局于2023年4月举办…, in the report for 2024."""
    text = report.text
    for sentence in dated:
        start, end = sentence.span
        at = text.find(f"{year - 1}年", start, end)
        opens = _THIS.match(text, start, end) if at > start else None
        act = _ACT.match(text, at, end) if opens else None
        if not act or text[at - 1] not in "于在,月日" or act["after"] in tuple("的起以至-") or int(act["month"]) == _CARRIED_MONTH:
            continue
        words = text[act.end("month") : end]
        if not _HELD.search(words[:30]) or _COMPARES.search(text, start, end) or _FOUNDED.search(words) or f"{year}年" in words:
            continue
        span = _opening(text, sentence, act.end() + 4)
        yield finding("dated-act", span, title, f"{year - 1}年", f"{year}年", f"报告年度为{year}年")


def yet_to_come(report: Report, dated: Sequence[Sentence]) -> Iterator[Statement]:
    """An act told as done whose month was still to come when the report was signed."""
    text, signed, date = report.text, report.metadata.document_date, report.metadata.date("document_date")
    if signed is None or signed.span is None or date is None:
        return
    for sentence in dated:
        start, end = sentence.span
        act = _ACT.match(text, start, end) if text.startswith("20", start) else None
        if not act or act["after"] not in (",", *"上中下初底召举组开印县市区我全局") or not 1 <= int(act["month"]) <= 12:
            continue
        month = (int(act["year"]), int(act["month"]))
        if not (date.year, date.month) < month <= (date.year + 1, 12) or _AHEAD.search(text, start, end):
            continue
        span = _opening(text, sentence, act.end() + 4)
        shown = f"不晚于{date.year}年{date.month}月"
        yield finding("dated-act", span, signed.span, f"{month[0]}年{month[1]}月", shown, f"落款日期为{date}")


def _speaks_of(words: str, year: int) -> bool:
    return f"{year}年" in words or bool(re.search("今年(?!度)|目前|至今", words))


def _leftover_years(report: Report, dated: Sequence[Sentence], year: int, title: Span) -> Iterator[Statement]:
    """A sentence on what was done that opens with the year before, as it stood in last year's report."""
    text = report.text
    for sentence in dated:
        start, end = sentence.span
        opens = _YEAR_OPENS.match(text, start, end) if text.startswith(f"{year - 1}年", start) else None
        if not opens:
            continue
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        words = text[opens.end() : end]
        if _THIS_YEAR.search(words) or _SINCE.search(words) or f"{year}年" in line or "今年" in line or "上年" in line:
            continue
        if not report.index.acts_in(sentence) and not sentence.results:
            continue
        span = _opening(text, sentence, opens.end())
        yield finding("dated-act", span, title, f"{year - 1}年", f"{year}年", f"报告年度为{year}年")


def data_dates(report: Report) -> Iterator[Statement]:
    """Data of a day that was still to come when the report was signed."""
    signed = report.metadata.document_date
    date = report.metadata.date("document_date")
    year = report.metadata.report_year
    if signed is None or signed.span is None or date is None:
        return
    for found in _UNTIL.finditer(report.text):
        sentence = report.index.sentence_at(found.start())
        if sentence is None or sentence.future or sentence.role == Role.PLAN:
            continue
        of = int(found["year"] or year or 0)
        month = int(found["month"])
        try:
            day = datetime.date(of, month, int(found["day"])) if found["day"] else _month_end(of, month)
        except ValueError:
            continue
        if day > date and day.year - date.year <= 1 and (found["day"] or day.month != date.month or day.year != date.year):
            shown = f"不晚于{date.year}年{date.month}月{date.day}日"
            yield finding("data-date", Span(*found.span()), signed.span, found.group().lstrip("截至止到"), shown, f"落款日期为{date}")


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def date_order(report: Report) -> Iterator[Statement]:
    """A document dated after it was published."""
    metadata = report.metadata
    signed, published = metadata.document_date, metadata.publication_date
    if not signed or not published or not signed.span or not published.span or signed.span == published.span:
        return
    first, then = metadata.date("document_date"), metadata.date("publication_date")
    if first and then and first > then:
        yield finding("date-order", signed.span, published.span, signed.value, f"不晚于{then}", f"发布日期为{then}")
