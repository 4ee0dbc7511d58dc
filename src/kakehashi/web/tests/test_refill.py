import pytest

from kakehashi.web.refill import refill

PAGE = """<!DOCTYPE html><html><body><!-- note --><h1>A &amp; B &#8211; 日本</h1>
<form action="/other/" method="post"><input name="a" value="other"></form>
<form method="get"><input name="a" value="searched"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="fresh">
<input name="a" value="old"><input name="b"><input type="password" name="c">
<input type="checkbox" name="d" value="1" checked><input type="checkbox" name="d" value="2">
<input type="radio" name="e" value="x" checked><input type="radio" name="e" value="y">
<textarea name="f">
old &amp; words</textarea>
<select name="g"><option value="1" selected>One</option><option value="2">Two</option></select>
<button name="h" value="send">Send</button></form></body></html>"""
TYPED = {"a": ['<"&'], "d": ["2"], "e": ["y"], "f": ["new\n<b>"], "g": ["2"], "c": ["secret"]}
FILLED = """<!DOCTYPE html><html><body><!-- note --><h1>A &amp; B &#8211; 日本</h1>
<form action="/other/" method="post"><input name="a" value="other"></form>
<form method="get"><input name="a" value="searched"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="fresh">
<input name="a" value="&lt;&quot;&amp;"><input name="b"><input type="password" name="c">
<input type="checkbox" name="d" value="1"><input type="checkbox" name="d" value="2" checked>
<input type="radio" name="e" value="x"><input type="radio" name="e" value="y" checked>
<textarea name="f">
new
&lt;b&gt;</textarea>
<select name="g"><option value="1">One</option><option value="2" selected>Two</option></select>
<button name="h" value="send">Send</button></form></body></html>"""


def test_a_form_is_filled_and_the_rest_of_the_page_stays() -> None:
    assert refill(PAGE, TYPED, address="/here/", action="/here/") == FILLED


def test_of_several_forms_the_one_with_the_same_hidden_values_is_filled() -> None:
    rows = "".join(
        f'<form method="post" action="/move/"><input type="hidden" name="row" value="{n}">'
        f'<input name="why" value=""></form>'
        for n in (1, 2)
    )
    filled = refill(rows, {"row": ["2"], "why": ["late"]}, address="/list/", action="/move/")
    assert filled == rows[: rows.rindex("<input")] + '<input name="why" value="late"></form>'


@pytest.mark.parametrize("action", ["/nowhere/", "/other/"])
def test_where_no_such_form_is_the_caller_is_told(action: str) -> None:
    with pytest.raises(LookupError):
        refill(PAGE, {"z": ["1"]}, address="/here/", action=action)
