import io

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from zonereport import fonts
from zonereport.publish import webfonts

# widths of their own, a space without outline, letters with hints and Chinese with many subroutines
TEXT = "".join(map(chr, range(0x20, 0x250))) + "、。《》（），：；一二三月年增长指数园区经济运行%‰①Ⅳ￥"


@pytest.mark.parametrize("weight", [400, 700])
def test_a_cut_face_is_that_of_fonttools_to_the_byte(weight):
    options = subset.Options(
        flavor="woff", hinting=False, desubroutinize=True, notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += webfonts._DROPPED
    with TTFont(fonts.faces()[weight], lazy=True, recalcTimestamp=False) as font:
        tool = subset.Subsetter(options)
        tool.populate(text=TEXT)
        tool.subset(font)
        out = io.BytesIO()
        subset.save_font(font, out, options)
    assert webfonts.subset(weight, TEXT) == out.getvalue()
