"""Copies of the notebooks in a folder of the analyst's own, desk/<zone>/, that no version control looks at.

JupyterLab saves by itself: whoever opened the chapters of the product changed the product. Here everything may be
changed; a copy that was not changed follows its chapter, one that was is kept as it is.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import nbformat

from zonereport.desk.editions import parks_of
from zonereport.disk import whole
from zonereport.inputs import Zone

FOLDER = "desk"
README = "README.ipynb"
# what was laid out, by its hash: whatever differs was changed by the analyst
LAID = ".laid.json"
# a notebook of the desk that is no chapter has no parameters cell
PARAMETERS = "parameters"
WELCOME = """# {name}：分析台

这里的笔记本都是副本，只属于您：改参数、加单元格、另存都可以，产品里的章节和下一期报告不受影响。
没有改过的副本会随产品更新；改过的原样保留，删掉它再运行 `make lab` 就得到新的一份。

- [探索](explore.ipynb)：选开发区、期间、园区和指标，看走势、进度、位次、来源和达到目标所需。
- [收件台](desk.ipynb)：上传表格或文字材料，回答疑问，导入、撤销、生成报告。
- 各章副本：{links}

下面一格列出可选的开发区、期间和园区。"""
CHAPTER = """**这是副本**，可以随意改。参数格里的可选值：
期间有{periods}；园区有{parks}。
改参数后全部运行即可；要与别的期间比较，再开一份，或用[探索](explore.ipynb)。"""


@dataclass(frozen=True)
class Desk:
    """A desk that was laid: its folder, the files that were written, those that the analyst changed and keeps."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]


def lay(root: Path, zone: Zone) -> Desk:
    """Copy the notebooks of the project into desk/<zone>/, each with a cell that says what it is and what to choose.

    The parameters of a chapter are set to the zone and to its latest period. A copy that differs from what was laid
    out last time is kept.
    """
    folder = root / FOLDER / zone.code
    folder.mkdir(parents=True, exist_ok=True)
    before = _laid(folder)
    laid, written, kept = {}, [], []
    for name, content in _notebooks(root, zone).items():
        path, digest = folder / name, hashlib.sha256(content).hexdigest()
        present = path.read_bytes() if path.is_file() else None
        # a file that was never laid out is the analyst's own, even where it has the name of ours
        if present is not None and hashlib.sha256(present).hexdigest() != before.get(name):
            kept.append(name)
            laid[name] = before.get(name, "")
            continue
        laid[name] = digest
        if present != content:
            whole.write(path, content)
            written.append(name)
    whole.write(folder / LAID, json.dumps(laid, indent=1, sort_keys=True).encode())
    return Desk(folder, tuple(written), tuple(kept))


def _laid(folder: Path) -> dict[str, str]:
    try:
        return json.loads((folder / LAID).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # nothing was laid out yet, or somebody cleared up
        return {}


def _notebooks(root: Path, zone: Zone) -> dict[str, bytes]:
    """The copies by their names, the README first."""
    titles, copies = {}, {}
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        book = nbformat.read(path, as_version=4)
        if _set_parameters(book, zone):
            titles[path.name] = book.cells[0].source.lstrip("# ").splitlines()[0]
            book.cells.insert(1, _markdown(CHAPTER.format(periods=_periods(zone), parks=parks_of(zone) or "无")))
        copies[path.name] = nbformat.writes(book).encode()
    links = "、".join(f"[{title}]({name})" for name, title in titles.items())
    welcome = _markdown(WELCOME.format(name=zone.about.name_zh, links=links))
    choices = nbformat.v4.new_code_cell("from zonereport.desk import editions\n\neditions()", id="desk-editions")
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    readme = nbformat.v4.new_notebook(cells=[welcome, choices], metadata=kernel)
    return {README: nbformat.writes(readme).encode(), **copies}


def _markdown(text: str):
    # the copy is never published, its cells neither
    return nbformat.v4.new_markdown_cell(text, id="desk-about", metadata={"tags": ["remove-cell"]})


def _set_parameters(book, zone: Zone) -> bool:
    """Set zone and period in the parameters cell; False where there is none."""
    wanted = {"zone": zone.code, "period": str(zone.periods[-1])}
    for cell in book.cells:
        if PARAMETERS not in cell.metadata.get("tags", []):
            continue
        lines = []
        for line in cell.source.splitlines():
            name, _, rest = line.partition(" = ")
            comment = rest.partition("  #")[2]
            if name in wanted:
                line = f'{name} = "{wanted[name]}"  #{comment}'
            lines.append(line)
        cell.source = "\n".join(lines)
        return True
    return False


def _periods(zone: Zone) -> str:
    first, last = zone.periods[0], zone.periods[-1]
    return f"{first}" if first == last else f"{first} 至 {last}，共{len(zone.periods)}期"
