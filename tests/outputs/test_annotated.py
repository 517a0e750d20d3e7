"""Comments in Word files: at the right words, nothing else changed, never piled up."""

from __future__ import annotations

import datetime
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from helpers import WORD, assessed, docx, page, paragraph, word_xml, zipped
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scorer import Options, assess, read
from scorer.errors import FazhiError, UnreadableError
from scorer.outputs.annotated import annotate, from_text, notes
from scorer.outputs.wordcomments import Note, places, put
from scorer.outputs.wordpackage import AUTHOR, INITIALS
from scorer.readers import docx as reader
from scorer.result import Assessment
from scorer.vocabulary import Severity

W = f"{{{WORD}}}"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WRONG = "全年受理行政复议案件85件，办结80件，办结率98%。"


def parts(raw: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


def main(raw: bytes) -> Any:
    """The root of the main part."""
    return etree.fromstring(parts(raw)["word/document.xml"])


def formatted(raw: bytes) -> list[tuple[str, bytes, bytes]]:
    """Every character (and every other thing in a run) with the properties of its run and its paragraph."""
    found = []
    for run in main(raw).iter(W + "r"):
        properties = run.find(W + "rPr")
        of_run = etree.tostring(properties, method="c14n") if properties is not None else b""
        above = next(run.iterancestors(W + "p")).find(W + "pPr")
        of_paragraph = etree.tostring(above, method="c14n") if above is not None else b""
        for child in run:
            if child.tag == W + "t":
                found += [(c, of_run, of_paragraph) for c in child.text or ""]
            elif child.tag not in (W + "rPr", W + "commentReference"):
                found.append((child.tag, of_run, of_paragraph))
    return found


def comments(raw: bytes) -> dict[str, Any]:
    """The comments by number."""
    root = etree.fromstring(parts(raw)["word/comments.xml"])
    return {comment.get(W + "id"): comment for comment in root}


def said(comment: Any) -> str:
    """What a comment says, a line a paragraph."""
    return "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in comment.iter(W + "p"))


def ranges(raw: bytes) -> dict[str, str]:
    """The words each comment is about, read from the marks."""
    open_: dict[str, str] = {}
    done: dict[str, str] = {}
    for element in main(raw).iter():
        number = element.get(W + "id")
        if element.tag == W + "commentRangeStart":
            assert number not in open_
            assert number not in done
            open_[number] = ""
        elif element.tag == W + "commentRangeEnd":
            done[number] = open_.pop(number)
        elif element.tag == W + "t":
            open_ = {key: words + (element.text or "") for key, words in open_.items()}
    assert not open_
    return done


def checked(raw: bytes) -> Iterator[tuple[str, str]]:
    """The comments of ours with their words, after looking whether the file is what the standard asks (ECMA-376, 17.13.4)."""
    root = main(raw)
    texts = comments(raw)
    words = ranges(raw)
    references = [reference.get(W + "id") for reference in root.iter(W + "commentReference")]

    assert sorted(references) == sorted(texts) == sorted(words)
    for mark in root.iter(W + "commentRangeStart", W + "commentRangeEnd"):
        assert mark.getparent().tag in (W + "p", W + "ins")
        assert len(mark) == 0
    for reference in root.iter(W + "commentReference"):
        run = reference.getparent()

        assert run.tag == W + "r"
        assert run.getparent().tag == W + "p"
    for run in root.iter(W + "r"):
        assert all(child.tag != W + "rPr" for child in list(run)[1:])
        assert len(run)
    for p in root.iter(W + "p"):
        assert all(child.tag != W + "pPr" for child in list(p)[1:])
    types = parts(raw)["[Content_Types].xml"].decode()

    assert types.count('PartName="/word/comments.xml"') == 1
    assert parts(raw)["word/_rels/document.xml.rels"].decode().count("relationships/comments") == 1
    for number, comment in texts.items():
        assert comment.findall(W + "p")
        assert comment.get(W + "author")
        yield words[number], said(comment)


def annotated(raw: bytes, options: Options | None = None) -> tuple[bytes, Assessment]:
    """A Word file with comments, and the assessment they come from."""
    assessment = assess(read(raw, name="报告.docx"), None, options)
    return annotate(raw, assessment), assessment


def word(text: str) -> bytes:
    """A Word file of one paragraph a line."""
    return docx("".join(paragraph(line.strip()) for line in text.splitlines() if line.strip()))


@pytest.fixture(scope="module")
def gaps() -> bytes:
    """The example with gaps."""
    return (EXAMPLES / "gaps.docx").read_bytes()


# ---- nothing else is changed


@pytest.mark.parametrize("name", ["gaps", "complete"])
def test_text_and_formatting_stay(name: str) -> None:
    """Every character keeps its run and paragraph properties, and the text read from the file is the same."""
    raw = (EXAMPLES / f"{name}.docx").read_bytes()
    out, assessment = annotated(raw)

    assert formatted(out) == formatted(raw)
    assert read(out, name="x").text == assessment.text


def test_other_parts_are_the_same_bytes(gaps: bytes) -> None:
    """Only the main part, the comments and their registration differ; no part is lost, the order is kept."""
    out, _ = annotated(gaps)
    before, after = parts(gaps), parts(out)
    touched = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}

    assert [name for name in after if name in before] == list(before)
    assert set(after) - set(before) == {"word/comments.xml"}
    assert all(after[name] == before[name] for name in before if name not in touched)


def test_the_main_part_differs_only_in_marks(gaps: bytes) -> None:
    """Without the marks, and with runs of equal properties joined again, the main part is the same XML."""
    out, _ = annotated(gaps)

    def properties(run: Any) -> tuple[Any, ...]:
        own = run.find(W + "rPr")
        return dict(run.attrib), None if own is None else etree.tostring(own, method="c14n")

    def plain(raw: bytes) -> bytes:
        root = main(raw)
        for mark in list(root.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")):
            owner = mark.getparent()
            owner.remove(mark)
            if owner.tag == W + "r" and not len(owner):
                owner.getparent().remove(owner)
        for run in list(root.iter(W + "r")):
            before = run.getprevious()
            if before is not None and before.tag == W + "r" and properties(before) == properties(run):
                before.extend([child for child in run if child.tag != W + "rPr"])
                run.getparent().remove(run)
        for t in list(root.iter(W + "t")):
            t.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
            before = t.getprevious()
            if before is not None and before.tag == W + "t":
                before.text = (before.text or "") + (t.text or "")
                t.getparent().remove(t)
        return etree.tostring(root, method="c14n")

    assert plain(out) == plain(gaps)


def test_equal_input_gives_equal_bytes(gaps: bytes) -> None:
    """Comments carry no time of their own."""
    assert annotated(gaps)[0] == annotated(gaps)[0]


def test_a_date_can_be_given(gaps: bytes) -> None:
    """With a date every comment carries it."""
    import datetime

    assessment = assess(read(gaps))
    out = annotate(gaps, assessment, date=datetime.datetime(2027, 1, 5, 8, 30, tzinfo=datetime.UTC))

    assert {comment.get(W + "date") for comment in comments(out).values()} == {"2027-01-05T08:30:00Z"}


# ---- at the right words


def test_python_docx_reads_the_comments(gaps: bytes) -> None:
    """A library that follows the standard opens the file and finds author, initials and text."""
    import docx as library

    out, assessment = annotated(gaps)
    found = list(library.Document(io.BytesIO(out)).comments)

    assert len(found) == len(notes(assessment))
    assert {(comment.author, comment.initials) for comment in found} == {(AUTHOR, INITIALS)}
    assert any("不足的原因" in comment.text for comment in found)


def test_comments_stand_at_their_words(gaps: bytes) -> None:
    """The range of each comment is exactly the passage it is about, but for line breaks within a title."""
    out, assessment = annotated(gaps)
    got = [words for words, _ in checked(out)]

    assert got == [assessment.text[note.start : note.end] for note in notes(assessment)]


def test_a_contradiction_is_marked_with_its_sum() -> None:
    """A rate that does not follow from its figures gets a comment that names both."""
    out, _ = annotated(word(page(WRONG)))
    about = [text for words, text in checked(out) if "办结率98%" in words and "文中写98%" in text]

    assert len(about) == 1
    assert "94.1%" in about[0]


def test_a_shortcoming_without_cause_is_marked() -> None:
    """Only the shortcoming that lacks its cause has a comment on it."""
    problems = "一是乡镇执法力量薄弱。二是普法宣传方式单一。三是执法案卷质量不高，主要是培训不够。"
    out, _ = annotated(word(page(problems=problems)))
    about = [words for words, text in checked(out) if "没有写原因" in text]

    assert about == ["乡镇执法力量薄弱", "普法宣传方式单一"]


def test_slogan_wrong_year_and_slip_are_marked() -> None:
    """A slogan, a year left from last time and a skipped number have comments at their places."""
    text = page("（一）加强普法。深入推进行政裁决工作。\n（三）规范执法。审查行政规范性文件12件。").replace(
        "三、2024年工作安排", "三、2023年工作安排"
    )
    found = list(checked(annotated(word(text))[0]))

    assert any("行政裁决" in words and "原则性表述" in said_ for words, said_ in found)
    assert any("2023年工作安排" in words and "2023年" in said_ and "2024年" in said_ for words, said_ in found)
    assert any("（三）" in words and "“（一）”之后直接是“（三）”" in said_ for words, said_ in found)


def test_a_missing_part_is_asked_for_where_it_belongs() -> None:
    """Without a part on shortcomings, the comment stands at the end of the part before it, with a model sentence; the basis stands in the summary."""
    text = (
        page()
        .replace("二、存在的不足和原因\n", "")
        .replace("一是乡镇执法力量薄弱，原因是编制紧张。二是普法宣传方式单一，主要是经费投入不足。\n", "")
    )
    found = [(words, text) for words, text in checked(annotated(word(text))[0]) if "存在的不足" in text and "另起一部分" in text]

    assert len(found) == 1
    assert "、重大行政决策4项。".endswith(found[0][0])
    assert "参考写法：" in found[0][1]
    assert "厅字" not in found[0][1]
    assert "另起一部分" in found[0][1]


def test_the_summary_stands_at_the_title(gaps: bytes) -> None:
    """The first comment on the title says score, what to do first, and which rules judged."""
    out, assessment = annotated(gaps)
    first = next(text for words, text in checked(out) if "检查结果" in text)

    assert assessment.score is not None
    assert f"{assessment.score.total:.1f}分" in first
    assert f"{assessment.pack.id} {assessment.pack.version}" in first
    assert "优先修改" in first
    assert "厅字〔2019〕28号" in first


def test_a_report_without_gaps_has_only_the_summary() -> None:
    """Nothing to mend: one comment that says so."""
    raw = (EXAMPLES / "complete.docx").read_bytes()
    out, assessment = annotated(raw)

    assert not assessment.gaps()
    assert len(comments(out)) == 1


# ---- again


def test_a_second_run_changes_nothing(gaps: bytes) -> None:
    """Running on the output gives the same bytes."""
    once, _ = annotated(gaps)
    twice, _ = annotated(once)

    assert twice == once


def test_comments_of_a_mended_draft_go() -> None:
    """After mending, the comment on the mended place is gone, the others are there once."""
    once, _ = annotated(word(page(WRONG)))
    mended = zipped({**parts(once), "word/document.xml": parts(once)["word/document.xml"].replace(b"98%", b"94.1%")})
    twice, _ = annotated(mended)
    texts = [text for _, text in checked(twice)]

    assert not any("文中写98%" in text for text in texts)
    assert sum("检查结果" in text for text in texts) == 1


def with_person(raw: bytes) -> bytes:
    """A reviewed file: a person's comment on the title, and a person's answer to the first comment of ours."""
    have = parts(raw)
    space = f'xmlns:w="{WORD}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    root = etree.fromstring(have["word/comments.xml"])
    for number, comment in enumerate(root):
        comment.findall(W + "p")[-1].set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"0000AA{number:02}")
    for number, words in ((900, "请张科长核对"), (901, "这条已经处理")):
        root.append(
            etree.fromstring(
                f'<w:comment {space} w:id="{number}" w:author="李某"><w:p w14:paraId="0000BB{number % 10:02}"><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
            )
        )
    body = have["word/document.xml"].decode()
    for number in (900, 901):
        mark = f'<w:commentRangeStart w:id="{number}"/>'
        end = f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
        body = re.sub(r"(<w:p(?: [^>]*)?>(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?)", lambda m, mark=mark: m.group() + mark, body, count=1)
        body = body.replace("</w:p>", f"{end}</w:p>", 1)
    threads = "".join(f'<w15:commentEx w15:paraId="0000AA{n:02}" w15:done="0"/>' for n in range(len(root) - 2))
    threads += (
        '<w15:commentEx w15:paraId="0000BB00" w15:done="0"/><w15:commentEx w15:paraId="0000BB01" w15:paraIdParent="0000AA00" w15:done="0"/>'
    )
    return zipped(
        {
            **have,
            "word/document.xml": body,
            "word/comments.xml": etree.tostring(root),
            "word/commentsExtended.xml": f"<w15:commentsEx {space}>{threads}</w15:commentsEx>",
        }
    )


def test_comments_of_people_are_kept(gaps: bytes) -> None:
    """A person's comment and a person's answer stay, ours are replaced, and no thread leads to what is gone."""
    reviewed = with_person(annotated(gaps)[0])
    out, assessment = annotated(reviewed)
    people = [said(comment) for comment in comments(out).values() if comment.get(W + "author") != AUTHOR]
    threads = parts(out)["word/commentsExtended.xml"].decode()

    assert people == ["请张科长核对", "这条已经处理"]
    assert len(list(checked(out))) == len(notes(assessment)) + 2
    assert "0000AA" not in threads
    assert threads.count("commentEx ") == 2
    assert annotated(out)[0] == out


# ---- odd documents

BOX = (
    "<w:p><w:r><w:t>框前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
    + paragraph(WRONG)
    + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框后</w:t></w:r></w:p>"
)
ODD = {
    "cut runs": "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>全年受理行政复议</w:t><w:tab/><w:t>案件85件，办</w:t></w:r><w:r><w:t>结80件，办结率98%。</w:t></w:r></w:p>",
    "insertion": "<w:p><w:r><w:t>全年受理行政复议案件85件，</w:t></w:r><w:ins w:id='1' w:author='x'><w:r><w:t>办结80件，办结率98%。另</w:t></w:r></w:ins><w:r><w:t>行处理。</w:t></w:r></w:p>",
    "deletion": "<w:p><w:r><w:t>全年受理行政复议案件85件，办结80件，办结率</w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText>94.1%</w:delText></w:r></w:del><w:r><w:t>98%。</w:t></w:r></w:p>",
    "link": f"<w:p><w:r><w:t>据统计，</w:t></w:r><w:hyperlink><w:r><w:t>{WRONG}</w:t></w:r></w:hyperlink></w:p>",
    "field": f"<w:p><w:fldSimple w:instr='REF a'><w:r><w:t>{WRONG}</w:t></w:r></w:fldSimple></w:p>",
    "control": f"<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>{WRONG}</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    "block control": f"<w:sdt><w:sdtContent>{paragraph(WRONG)}</w:sdtContent></w:sdt>",
    "control in a cell": f"<w:tbl><w:tr><w:tc><w:p/><w:sdt><w:sdtContent>{paragraph(WRONG)}</w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>",
    "text box": BOX,
    "table": f"<w:tbl><w:tr><w:tc>{paragraph('情况')}</w:tc><w:tc>{paragraph(' ' + WRONG + ' ')}</w:tc></w:tr></w:tbl>",
    "nested table": f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{paragraph(WRONG)}</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
    "ruby": f"<w:p><w:r><w:ruby><w:rt><w:r><w:t>注</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>全年</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>{WRONG[2:]}</w:t></w:r></w:p>",
    "smart tag": f"<w:p><w:smartTag w:element='x'><w:r><w:t>{WRONG}</w:t></w:r></w:smartTag></w:p>",
    "soft break": f"<w:p><w:r><w:t>开头。</w:t><w:br/><w:t>{WRONG}</w:t><w:br/></w:r></w:p>",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_structures(name: str) -> None:
    """Whatever holds the words, the comment stands at them or at what holds them, and the file stays sound."""
    before, after = page("甲").split("甲")
    body = word_body(before) + ODD[name] + word_body(after)
    raw = docx(body)
    out, assessment = annotated(raw)
    marked = [words for words, text in checked_loosely(out) if "文中写98%" in text]

    assert len(marked) == 1
    assert "办结率" in marked[0] or name == "text box"
    assert formatted(out) == formatted(raw)
    assert read(out, name="x").text == assessment.text
    assert annotated(out)[0] == out


def word_body(text: str) -> str:
    """Paragraphs of a Word file."""
    return "".join(paragraph(line) for line in text.splitlines() if line.strip())


def checked_loosely(raw: bytes) -> list[tuple[str, str]]:
    """As ``checked``, for marks inside smart tags too."""
    root = main(raw)
    allowed = (W + "p", W + "ins", W + "smartTag", W + "body", W + "tc")

    assert all(mark.getparent().tag in allowed for mark in root.iter(W + "commentRangeStart", W + "commentRangeEnd"))
    for p in root.iter(W + "p"):
        if next(p.iterancestors(W + "txbxContent", W + "sdt"), None) is not None:
            assert not list(p.iter(W + "commentReference"))
    words = ranges(raw)
    return [(words[number], said(comment)) for number, comment in comments(raw).items()]


def test_a_number_that_word_makes_itself() -> None:
    """An automatic number stands in no run: the comment begins at the paragraph's own first word."""
    numbering = word_xml(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    numbered = paragraph("其他工作", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    before, after = page("甲").split("甲")
    raw = docx(word_body(before + "审查行政规范性文件12件。\n") + numbered + word_body(after), numbering=numbering)
    found = list(checked(annotated(raw)[0]))

    assert any(words == "其他工作" and "“五”" in text for words, text in found)


def test_strict_open_xml() -> None:
    """A file in the strict vocabulary stays in it, comments included."""
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    raw = zipped({name: part.replace(WORD.encode(), strict) for name, part in parts(word(page(WRONG))).items()})
    out, _ = annotated(raw)

    assert WORD.encode() not in b"".join(parts(out).values())
    assert strict in parts(out)["word/comments.xml"]
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in parts(out)["word/_rels/document.xml.rels"]
    assert annotated(out)[0] == out


@given(
    st.lists(st.lists(st.text("甲乙丙 \t", max_size=6), min_size=1, max_size=4), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=8),
)
def test_any_cut_of_any_runs(texts: list[list[str]], spans: list[tuple[int, int]]) -> None:
    """However runs are cut and ranges overlap: text and formatting stay, and each range holds its words (of several lines the longest)."""
    body = "".join(
        "<w:p>"
        + "".join(f'<w:r><w:rPr><w:sz w:val="{20 + n}"/></w:rPr><w:t xml:space="preserve">{t}</w:t></w:r>' for n, t in enumerate(runs))
        + "</w:p>"
        for runs in texts
    )
    raw = docx(body)
    opened = reader.opened(raw)
    where = places(opened)
    wanted = [Note(a, min(a + n, len(where.text)), (str(i),)) for i, (a, n) in enumerate(spans) if a < len(where.text)]
    out = put(raw, opened, where, wanted)

    assert formatted(out) == formatted(raw)
    assert places(reader.opened(out)).text == where.text
    if wanted and where.text:
        words = ranges(out)
        for number, note in enumerate(wanted):
            line = max(where.text[note.start : note.end].split("\n"), key=len)
            if line:
                assert words[str(number)] == line


# ---- what cannot be annotated


def test_other_files_are_refused(gaps: bytes) -> None:
    """What is no Word file, or not the one assessed, is refused in one line with the way out."""
    assessment = assess(read(gaps))
    with pytest.raises(FazhiError, match=r"另存为\.docx"):
        annotate(page().encode(), assessment)
    with pytest.raises(FazhiError, match="对不上"):
        annotate((EXAMPLES / "complete.docx").read_bytes(), assessment)
    with pytest.raises(UnreadableError):
        annotate(b"PK\x03\x04" + b"x" * 50, assessment)


def test_no_annual_report_is_refused() -> None:
    """There is nothing to say about another kind of document."""
    assessment = assessed("关于放假的通知\n各科室：\n清明节放假三天。\n", force=False)
    with pytest.raises(ValueError, match="annual report"):
        notes(assessment)


# ---- pasted text


def test_pasted_text_becomes_a_word_file() -> None:
    """The text comes back in official form, line by line, with the same comments at the same words."""
    assessment = assess(read(page(WRONG).encode(), name="粘贴.txt"))
    raw = from_text(assessment)
    lines = [assessment.text[start:end] for start, end, _ in assessment.paragraphs]
    marked = [words for words, _ in checked(raw)]

    assert read(raw, name="x").text.splitlines() == lines
    assert marked == [assessment.text[note.start : note.end] for note in notes(assessment)]
    assert from_text(assessment) == raw


def test_pasted_text_with_characters_that_no_file_can_hold() -> None:
    """Control characters and half surrogates are replaced one for one, so that comments stay at their words."""
    assessment = assessed(page(WRONG).replace("全年受理", "全\x00年\x0b受\ud800理"))
    marked = [words for words, text in checked(from_text(assessment)) if "文中写98%" in text]

    assert len(marked) == 1
    assert "办结率98%" in marked[0]


def test_furniture_of_a_web_page_is_left_out() -> None:
    """Navigation and footer of a page are no part of the Word file."""
    body = "".join(f"<p>{line}</p>" for line in page().splitlines())
    raw = f"<html><body><div class='nav'>首页</div><div id='zoom'>{body}</div><div class='foot'>主办单位：某办公室</div></body></html>".encode()
    made = from_text(assess(read(raw, name="页.html")))

    assert "首页" not in read(made, name="x").text
    assert "行政复议案件85件" in read(made, name="x").text


# ---- what is asked for, and tracked changes


def test_only_what_is_required_can_be_asked_for(gaps: bytes) -> None:
    """With ``only`` no comment speaks of elements that are asked for less; contradictory figures are always told."""
    assessment = assess(read(gaps))
    some = notes(assessment, Severity.REQUIRED)
    words = "\n".join(line for note in some for line in note.lines)

    assert len(some) < len(notes(assessment))
    assert "不足的原因" in words
    assert "主送机关" not in words
    assert "文中写96%" in words


def test_comments_are_short(gaps: bytes) -> None:
    """All comments on a draft of 887 characters together stay half of what they were with basis and advice at each."""
    assessment = assess(read(gaps))
    length = sum(len(line) for note in notes(assessment) for line in note.lines)

    assert length < 3500


def test_a_wrong_rate_is_put_right_as_a_tracked_change() -> None:
    """Refused, the draft is what it was; accepted, the rate follows from its figures; revisions of others stay."""
    other = (
        "<w:p><w:ins w:id='9' w:author='李'><w:r><w:t>另</w:t></w:r></w:ins><w:del w:id='10' w:author='李'><w:r>"
        "<w:delText>旧</w:delText></w:r></w:del><w:r><w:rPr><w:b/></w:rPr><w:t>" + WRONG + "</w:t></w:r></w:p>"
    )
    lines = "".join(paragraph(line.strip()) for line in page("开展执法检查26次。").splitlines() if line.strip())
    raw = docx(re.sub(r"(开展执法检查26次。.*?</w:p>)", lambda found: found[1] + other, lines, count=1))
    assessment = assess(read(raw))
    out = annotate(raw, assessment, revise=True)
    root = main(out)
    own = [e for e in root.iter(W + "ins", W + "del") if e.get(W + "author") == AUTHOR]
    mended = assess(read(out))

    assert [("".join(e.itertext()), e.tag.removeprefix(W)) for e in own] == [("98%", "del"), ("94.1%", "ins")]
    assert all(e.find(W + "r").find(W + "rPr").find(W + "b") is not None for e in own)
    assert [e.get(W + "id") for e in root.iter(W + "ins", W + "del") if e.get(W + "author") == "李"] == ["9", "10"]
    assert len({e.get(W + "id") for e in root.iter(W + "ins", W + "del")}) == 4
    assert [s.verdict for s in assessment.statements] == ["inconsistent"]
    assert [s.verdict for s in mended.statements] == ["consistent"]


def test_a_wrong_year_in_a_heading_is_put_right_as_a_tracked_change() -> None:
    """A heading left from last year: refused it stays, accepted it is the report's year; what the opening tells is left alone."""
    text = page("开展执法检查26次。", title="岚溪县2023年法治政府建设情况报告").replace("一、", "一、2022年", 1)
    raw = docx("".join(paragraph(line.strip()) for line in text.splitlines() if line.strip()))
    assessment = assess(read(raw))
    assert any(f.rule == "consistency.year" and f.gap for f in assessment.findings)
    out = annotate(raw, assessment, revise=True)
    own = [e for e in main(out).iter(W + "ins", W + "del") if e.get(W + "author") == AUTHOR]

    assert [("".join(e.itertext()), e.tag.removeprefix(W)) for e in own] == [("2022", "del"), ("2023", "ins")]
    assert not any(f.rule == "consistency.year" and f.gap for f in assess(read(out)).findings)


# The order that the schema asks for (ECMA-376 part 1, 17.3.1.26, 17.3.2.28, 17.13.4.2), as far as our own parts go.
PARAGRAPH = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "rPr",
    "sectPr",
]
RUN = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "strike",
    "dstrike",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "vertAlign",
    "lang",
]


def in_order(element: Any, order: list[str]) -> bool:
    """Whether the children that are in the list stand in its order."""
    places = [order.index(name) for child in element if (name := child.tag.removeprefix(W)) in order]
    return places == sorted(places)


@pytest.mark.parametrize("revise", [False, True])
def test_the_annotated_file_is_whole(gaps: bytes, revise: bool) -> None:
    """Every part is well-formed and registered, every comment has its range and reference once, ids are unlike, properties stand in
    the order of the schema, and python-docx opens it."""
    out = annotate(gaps, assess(read(gaps)), date=datetime.datetime(2026, 3, 1), revise=revise)
    archive = zipfile.ZipFile(io.BytesIO(out))
    parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    types = {e.get("PartName") or e.get("Extension") for e in parts["[Content_Types].xml"]}
    body, comments = parts["word/document.xml"], parts["word/comments.xml"]
    targets = [e.get("Target") for e in parts["word/_rels/document.xml.rels"] if e.get("TargetMode") != "External"]

    assert archive.testzip() is None
    assert len(archive.namelist()) == len(set(archive.namelist()))
    assert all(f"/{name}" in types or name.rpartition(".")[2] in types for name in archive.namelist() if name != "[Content_Types].xml")
    assert all(posixpath.normpath(posixpath.join("/word", target))[1:] in archive.namelist() for target in targets)
    ids = [comment.get(W + "id") for comment in comments]
    assert len(ids) == len(set(ids)) > 5
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(e.get(W + "id") for e in body.iter(W + name)) == sorted(ids)
    order = {e: n for n, e in enumerate(body.iter())}
    begins = {e.get(W + "id"): order[e] for e in body.iter(W + "commentRangeStart")}
    assert all(begins[e.get(W + "id")] < order[e] for e in body.iter(W + "commentRangeEnd"))
    assert all(in_order(e, PARAGRAPH) for part in (body, comments) for e in part.iter(W + "pPr"))
    assert all(in_order(e, RUN) for part in (body, comments) for e in part.iter(W + "rPr"))
    for change in body.iter(W + "ins", W + "del"):
        assert change.get(W + "author") and change.get(W + "id")
        assert not list(change.iter(W + ("t" if change.tag == W + "del" else "delText")))
    opened = python_docx.Document(io.BytesIO(out))
    assert [p.text for p in opened.paragraphs][:2] and len(list(opened.comments)) == len(ids)
