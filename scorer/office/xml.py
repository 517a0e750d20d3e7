"""XML from strangers: no entities, no network, no DTD, bounded depth."""

from __future__ import annotations

from typing import Any

from scorer.errors import UnreadableError

# Closing tags too. A report of 12 pages from Word has about 30,000; each costs memory and time.
MAX_TAGS = 600_000


def parse(raw: bytes) -> Any:
    """The root element (lxml). Raises ``UnreadableError`` when it is no well-formed XML or declares a DTD."""
    from lxml import etree

    if raw.count(b"<") > MAX_TAGS:
        raise UnreadableError("文件内部过大，不像一份报告", remedy="请把正文另存为新的文档再试")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("文件内部的XML读不出来，文件可能已损坏", remedy="请用Word或WPS打开后另存一份再试") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableError("文件内部带有DTD声明，不是正常文档", remedy="请用Word或WPS打开后另存一份再试")
    return root
