"""The two formats: both tell the same, nothing that people have named gets out of its place, and HTML needs no help."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from core.evaluation import open_test
from core.message import Message
from core.report import report_of, to_html, to_markdown
from core.report.blocks import Column, Figure, Paragraph, Section, Table
from core.report.report import Report
from tests.core.report.collected import collected
from tests.core.runs.builders import make_recipe

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer", "h1", "h2", "p", "div"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "span"),
}


class Page(HTMLParser):
    """The elements of a page with their attributes, its texts, and the cells of its tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self.is_in_cell = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.is_in_cell = True
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.is_in_cell &= tag not in ("td", "th")

    def handle_data(self, data):
        self.text += data
        if self.is_in_cell:
            self.rows[-1][-1] += data


@pytest.fixture
def report(lab, asked) -> Report:
    lab.run()
    run = lab.run(make_recipe(seed=1))
    open_test(lab.database, lab.workspace, run.id, opened_by="Kim <i>", reason="every choice | is made\n# now")
    return report_of(lab.database, lab.workspace, run.id)


def test_a_page_holds_no_element_that_is_not_of_the_template(report):
    page = Page(to_html(report))
    known = (
        "html head meta title style body header h1 main section h2 p table caption thead tbody tr th td figure img div"
    )
    assert {tag for tag, _ in page.elements} <= {*known.split(), "figcaption", "span", "footer"}
    for hostile in ("<script>alert(1)</script> | *lab*", "<b>bold", "a|b*c", "Kim <i>", "/7_<i>|.png"):
        assert hostile in page.text or hostile.replace("/7", "/0") in page.text


def test_a_page_needs_nothing_but_itself(report):
    html = to_html(report)
    assert "://" not in html
    page = Page(html)
    pictures = [attributes for tag, attributes in page.elements if tag == "img"]
    assert len(pictures) > 2
    assert all(str(picture["src"]).startswith("data:image/") and picture["alt"] for picture in pictures)
    assert not any(name.startswith("on") or name == "href" for _, attributes in page.elements for name in attributes)


def test_every_table_has_a_title_and_rows_that_fit_its_columns(report):
    for table in collected(Table, report):
        assert {len(row) for row in table.rows} == {len(table.columns)}
    page = Page(to_html(report))
    tables = [tag for tag, _ in page.elements if tag == "table"]
    assert len(tables) == len([tag for tag, _ in page.elements if tag == "caption"])


def test_markdown_keeps_every_row_in_its_line_and_its_columns(report):
    lines = to_markdown(report).splitlines()
    blocks = "\n".join(line if line.startswith("|") else "" for line in lines).split("\n\n")
    for rows in filter(None, (block.strip().splitlines() for block in blocks)):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
    assert not any(re.search(r"(?<!\\)<", line) for line in lines)
    headings = [line.removeprefix("## ") for line in lines if line.startswith("#")]
    assert len(headings) == 1 + len(report.sections)


def test_both_formats_tell_the_same(report):
    """But for the worst mistakes, which HTML shows as pictures."""
    report = replace(report, sections=[each for each in report.sections if str(each.title) != "Worst mistakes"])
    markdown = to_markdown(report)
    rows = [line for line in markdown.splitlines() if line.startswith("|") and not line.startswith("| --")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]
    assert [[_read(cell) for cell in row] for row in cells] == [
        [" ".join(cell.split()) for cell in row] for row in Page(to_html(report)).rows
    ]
    for paragraph in collected(Paragraph, report):
        assert str(paragraph.message) in _read(markdown)


def _read(markdown: str) -> str:
    """As Markdown shows it."""
    return re.sub(r"\\(.)", r"\1", markdown)


@pytest.mark.parametrize("write", [to_html, to_markdown])
def test_every_sentence_is_translated(report, write):
    """In a language whose only word is a square, all that is left are numbers, and what people and Keras have named."""
    text = write(report, lambda message: "■")
    told = Page(re.sub("<style>.*</style>", "", text, flags=re.DOTALL)).text if write is to_html else text
    named = ("grey squares", "Flatten", "Dense", "Kim", "every choice is made", "now", "bold", "png", *"abci")
    assert set(re.findall("[A-Za-z]{2,}", told)) <= {word for name in named for word in name.split()}
    assert "■" in told


def test_the_language_is_that_of_the_page(report):
    assert Page(to_html(report, language="ko")).elements[0] == ("html", {"lang": "ko"})


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a|b", r"a\|b"),
        ("<b>", r"\<b\>"),
        ("# 1\n2", r"\# 1 2"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("97.5%", "97.5%"),
        ("![x](y)", r"\!\[x\](y)"),
        ("&lt;", r"\&lt;"),
    ],
)
def test_what_people_have_named_is_read_letter_by_letter(text, markdown, lab):
    table = Table(Message("t"), (Column(Message("c")),), ((text,), (Figure(0.5, ".0%"),), (None,)))
    report = Report(Message("r"), lab.database.now(), (Section(Message("s"), (table,)),))
    assert f"| {markdown} |\n| 50% |\n| – |" in to_markdown(report)


def test_the_pictures_are_drawings_with_the_figures_of_the_run(report):
    drawings = [block.svg(str) for section in report.sections for block in section.blocks if block.kind == "picture"]
    net, curves = (
        " ".join(element.text or "" for element in ElementTree.fromstring(drawing).iter()) for drawing in drawings
    )
    assert [word for word in ("1 Flatten", "16", "2 Dense") if word not in net] == []
    assert [word for word in ("Loss", "Accuracy", "Training", "Validation", "Epoch") if word not in curves] == []
