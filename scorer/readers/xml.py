"""XML from strangers: no entities, no network, no DTD, bounded depth."""

from __future__ import annotations

from typing import Any

from scorer.errors import UnreadableError


def parse(raw: bytes) -> Any:
    """The root element (lxml). Raises ``UnreadableError`` when it is no well-formed XML or declares a DTD."""
    from lxml import etree

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
