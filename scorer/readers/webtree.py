"""A web page as a sequence of steps: one walk over its tree, with what each element holds and what of it nobody sees.

The tree is walked once, without recursion: sizes of all elements come from running totals, so that a page of any shape takes
linear time. The article stands in one of the known containers of government sites, else where the votes of paragraphs point.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from scorer.errors import UnreadableError
from scorer.readers.hiding import Look, Sheet, look

# Ids and classes in which the content systems of government sites put the text of an article.
CONTAINERS = (
    "zoom", "zoomcon", "UCAP-CONTENT", "ucapcontent", "TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "view", "pages_content", "Article_content", "article-content",
    "article_content", "articleContent", "article-con", "article_con", "con_text", "content_text", "news_content", "newscontent", "news-content", "Custom_UNIONSTYLE",
    "j-fontContent", "nr_con", "xl_con", "vsb_content", "v_news_content", "bt_content", "content-text", "art_con", "main-txt", "printArea", "xxgk_content", "detail-content",
    "detail_content", "info_content", "infocontent", "mainText", "textContent", "wzcon", "wz_content", "cont_text", "NewsContent", "articlecontent", "text-content", "para", "neirong",
    "js_content", "ivs_content", "rich-text", "NewsText", "news_text", "article-text", "conTxt", "zwnr", "wznr", "xwnr", "xxgk-content", "art_content", "arccontent",
)  # fmt: skip
_WANTED = {name.lower() for name in CONTAINERS}
_SKIP = {
    "script", "style", "noscript", "noframes", "template", "select", "option", "button", "input", "textarea", "iframe", "object", "embed", "svg", "head",
}  # fmt: skip
_VOTERS = {"p", "div", "td", "span", "section", "li", "font"}
_PROSE = re.compile(r"[。;；]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
MAX_ELEMENTS = 150_000
MAX_HIDDEN = 3000
"""So many characters of hidden text are handed over at most."""
LITTLE = 150
"""A page with fewer characters in its main text has its report elsewhere."""
VOTE = 25
"""An element with fewer characters of prose of its own has no vote on where the article stands."""
HIDDEN_PROSE, HIDDEN_WORD = 15, 4
"""So many Chinese characters in one piece of hidden text with a full stop are running text; fewer are nothing to speak of."""


class Event(NamedTuple):
    """One step of the walk: text (``element`` is -1), or the start or end of an element (by number)."""

    element: int
    text: str
    end: bool


class Survey:
    """One walk over a page: its elements in order, what each holds, and the text that cannot be seen; without a ``sheet``
    everything counts as seen."""

    def __init__(self, top: Any, sheet: Sheet | None) -> None:
        self.top = top
        self.elements: list[Any] = []
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.starts: list[int] = []  # visible characters before and up to the end of each element
        self.ends: list[int] = []
        self.first: list[int] = []  # its events
        self.last: list[int] = []
        self.own: list[int] = []  # characters directly in an element
        self.telling: set[int] = set()  # those with prose directly in them
        self.voters: set[int] = set()  # and those of them that are boxes of text
        self.events: list[Event] = []
        self.hidden: list[str] = []
        self.visible = 0
        self._unseen = 0
        self._places: list[int] = []  # of each piece of hidden text, the step at which it would have come
        self._looks: list[Look] = []
        self._sheet = sheet
        self._walk()

    @property
    def prose(self) -> bool:
        """Whether there is enough running text for a report."""
        return sum(self.own[number] for number in self.voters) >= LITTLE

    def size(self, number: int) -> int:
        """The visible characters of an element."""
        return self.ends[number] - self.starts[number]

    def hidden_prose(self) -> bool:
        """Whether running text, and not only a few words, is hidden."""
        words = "".join(self.hidden)
        return len(words) >= LITTLE and len(_PROSE.findall(words)) >= 3

    def withheld(self, container: int | None) -> int:
        """How many Chinese characters of running text, and of anything hidden within the article, are not seen."""
        first, last = (self.first[container], self.last[container]) if container is not None else (0, -1)
        total = 0
        for place, text in zip(self._places, self.hidden, strict=True):
            count = len(_HAN.findall(text))
            if count >= HIDDEN_WORD and (first <= place <= last or (count >= HIDDEN_PROSE and _PROSE.search(text))):
                total += count
        return total

    def _walk(self) -> None:
        stack: list[tuple[int, Any]] = []
        number = self._enter(self.top, -1)
        if number < 0:
            return
        stack.append((number, iter(self.top)))
        while stack:
            number, children = stack[-1]
            for child in children:
                inner = self._enter(child, number)
                if inner >= 0:
                    stack.append((inner, iter(child)))
                    break
                if child.tail:
                    self._text(child.tail, number)
            else:
                stack.pop()
                self.ends[number] = self.visible
                self.last[number] = len(self.events)
                self.events.append(Event(number, "", True))
                if stack and self.elements[number].tail:
                    self._text(self.elements[number].tail, stack[-1][0])

    def _enter(self, element: Any, parent: int) -> int:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIP:
            return -1
        look_ = self._looks[parent] if parent >= 0 else Look()
        if self._sheet is not None:
            changed = look(element, look_, self._sheet)
            if changed is None:
                self._hide("".join(element.itertext()))
                return -1
            look_ = changed
        number = len(self.elements)
        if number == MAX_ELEMENTS:
            raise UnreadableError("网页的标签过多，不像一份报告的网页", remedy="请把正文复制到Word或文本文件中再检查")
        self.elements.append(element)
        self._looks.append(look_)
        self.tags.append(tag)
        self.parents.append(parent)
        self.starts.append(self.visible)
        self.ends.append(self.visible)
        self.first.append(len(self.events))
        self.last.append(len(self.events))
        self.own.append(0)
        self.events.append(Event(number, "", False))
        if element.text:
            self._text(element.text, number)
        return number

    def _text(self, text: str, owner: int) -> None:
        length = len("".join(text.split()))
        if length and not self._looks[owner].seen:
            self._hide(text)
            return
        self.visible += length
        self.events.append(Event(-1, text, False))
        if length:
            self.own[owner] += length
            if owner not in self.telling and _PROSE.search(text):
                self.telling.add(owner)
                if self.tags[owner] in _VOTERS:
                    self.voters.add(owner)

    def _hide(self, text: str) -> None:
        if self._unseen < 4 * MAX_HIDDEN:
            self.hidden.append(" ".join(text.split())[: 4 * MAX_HIDDEN])
            self._places.append(len(self.events))
            self._unseen += len(self.hidden[-1]) + 1

    def container(self) -> int | None:
        """The number of the element that holds the article; None when the whole page is as good."""
        candidates = []
        for number, element in enumerate(self.elements):
            names = element.get("class")
            if (
                (names and not _WANTED.isdisjoint(names.lower().split()))
                or ((name := element.get("id")) and name.lower() in _WANTED)
                or self.tags[number] in _WANTED
            ):
                size = self.size(number)
                if size >= LITTLE:
                    candidates.append((size, number))
        if candidates:
            best = max(size for size, _ in candidates)
            # The innermost of those that hold nearly all of the text.
            chosen = [number for size, number in candidates if size >= best * 0.9][-1]
            # An article cut into several boxes of one class lies in what holds them all.
            parent, name = self.parents[chosen], self.elements[chosen].get("class")
            twins = any(n != chosen and self.parents[n] == parent and self.elements[n].get("class") == name for _, n in candidates)
            return parent if twins and parent >= 0 else chosen
        votes: dict[int, float] = {}
        for number in sorted(self.voters):
            prose = self.own[number]
            if prose < VOTE:
                continue
            weight, ancestor = 1.0, number
            for _ in range(4):
                if ancestor < 0 or self.tags[ancestor] in ("body", "html"):
                    break
                votes[ancestor] = votes.get(ancestor, 0.0) + prose * weight
                weight *= 0.9
                ancestor = self.parents[ancestor]
        if not votes:
            return None
        most = max(votes, key=lambda number: votes[number])
        return self._widened(most) if votes[most] > LITTLE and self.size(most) > self.visible * 0.1 else None

    def _widened(self, number: int) -> int | None:
        """The innermost element around one, itself included, that holds half of the prose of the page; None when only the whole page
        does: its paragraphs lie in nothing but the body, and the longest of them is no article."""
        held = [length if number in self.telling and length >= VOTE else 0 for number, length in enumerate(self.own)]
        for inner in range(len(held) - 1, 0, -1):
            if self.parents[inner] >= 0:
                held[self.parents[inner]] += held[inner]
        while number >= 0 and self.tags[number] not in ("body", "html"):
            if 2 * held[number] >= held[0]:
                return number
            number = self.parents[number]
        return None
