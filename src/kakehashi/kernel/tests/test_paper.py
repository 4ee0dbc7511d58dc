from io import BytesIO

from pypdf import PdfReader

from kakehashi.kernel.paper import Sheet, printed

SHEET = Sheet(
    language="ja",
    sender="クレア",
    addressee="鳥取県 御中",
    dated="2027年5月14日（金）",
    number="第1号",
    subject="配置の通知",
    body="決まりました。\n\n#sys.version *強調* $x$",
    rows=[("氏名", "Robin [x]")],
)


def test_a_letter_is_printed_with_its_own_font_and_tags() -> None:
    pdf = PdfReader(BytesIO(printed([SHEET, SHEET])))
    named = pdf.pages[0]["/Resources"]["/Font"]  # type: ignore[index]  # a page has them
    fonts = str([font.get_object()["/BaseFont"] for font in named.values()])

    assert len(pdf.pages) == 2
    assert pdf.metadata is not None
    assert pdf.metadata.title == "配置の通知"
    assert "/StructTreeRoot" in pdf.trailer["/Root"]  # type: ignore[operator]  # tagged for readers
    assert "BIZUDPGothic" in fonts


def test_what_a_person_typed_is_text_and_never_markup() -> None:
    words = PdfReader(BytesIO(printed([SHEET]))).pages[0].extract_text()

    assert "#sys.version *強調* $x$" in words
    assert "Robin [x]" in words
