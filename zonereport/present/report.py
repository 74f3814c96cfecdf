"""One edition as the chapters read it: figures with their names, units and words."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from zonereport.inputs import Period, Zone
from zonereport.inputs.analyst_words import Words
from zonereport.inputs.zone import Source
from zonereport.metrics.schemas import chinese_names, empty, schemas
from zonereport.present.explain import Node, explain, explain_rank
from zonereport.present.kit.labels import NO_VALUE
from zonereport.present.kit.numbers import number, quantity
from zonereport.present.known import card, require, what_is_shown


@dataclass(frozen=True, repr=False)
class Report:
    """A zone's inputs beside the measures of one period, for words, tables and charts to read.

    ``zone`` is the zone as loaded, ``measures`` the frame that ``zonereport.metrics.measure`` returned, ``details``
    the frames of ``zonereport.metrics.details`` by name. ``read`` hears the name of every table and detail looked at.
    """

    zone: Zone
    measures: pd.DataFrame
    details: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    read: Callable[[str], object] = lambda name: None
    # the figures and tables that have been shown, in their order: what numbers them in JupyterLab
    numbers: dict[tuple[str, str], int] = field(default_factory=dict, repr=False, compare=False)

    # chapters ask for thousands of figures and names: looked up in dicts, not in frames
    @cached_property
    def _figures(self) -> dict[tuple[str, str], tuple]:
        return {(row.code, row.measure): row for row in self.measures.itertuples(index=False, name="Figure")}

    @cached_property
    def _labels(self) -> dict[str, dict[str, object]]:
        return self.zone.dictionary.indicators.to_dict("index")

    @cached_property
    def _printing(self) -> dict[str, tuple[str, str]]:
        """Unit and decimals of each measure, as the dictionary says them."""
        known = self.zone.dictionary.measures
        return dict(zip(known.index, zip(known["unit"], known["decimals"], strict=True), strict=True))

    @cached_property
    def _tables(self) -> dict[tuple[str, bool], pd.DataFrame]:
        """The tables that have been cut to park and period, by name and whether to the period."""
        return {}

    @cached_property
    def _printed(self) -> dict[str, tuple]:
        rows = self.table("indicators", of_period=True)
        return {row.code: row for row in rows.itertuples(index=False, name="Printed")}

    @cached_property
    def period(self) -> Period:
        """The period of the edition."""
        return Period.parse(self.measures["period"].iloc[0])

    @cached_property
    def last_day(self) -> str:
        """The last day of the period, YYYY-MM-DD."""
        return self.period.last_day

    @cached_property
    def park(self) -> str:
        """The id of the park that the edition is about; empty for the whole zone."""
        return self.measures["park"].iloc[0]

    @cached_property
    def park_name(self) -> str:
        """The park's Chinese name; empty for the whole zone."""
        return self.park_names.get(self.park, "")

    @cached_property
    def park_names(self) -> dict[str, str]:
        """The Chinese names of the zone's parks by id, in the order of the zone."""
        return {park.id: park.name_zh for park in self.zone.about.parks}

    def indicators(self) -> pd.DataFrame:
        """The indicators that the edition has: code, Chinese name, figure as printed, unit, field, publisher."""
        fields = {code: self._labels[code] for code in self._labels if (code, "value") in self._figures}
        # the fields that an analyst looks for; the dictionary has many more
        columns = {"name_zh": "name_zh", "unit": "unit", "group": "group", "publisher": "publisher"}
        frame = pd.DataFrame.from_dict(fields, orient="index", columns=list(columns))
        frame.insert(1, "text", [self.text(code) for code in frame.index])
        return frame.rename_axis("code").reset_index()

    def series(self, code: str) -> pd.DataFrame:
        """The cumulative figures of ``code`` up to the period, with growth in %: year, month, value, unit, growth.

        Rows are those of the whole zone, or of the park that the edition is about. Raises UnknownName for no such code.
        """
        require(code, self._labels, "code")
        frame = self.detail("series", code=code, entity=self.park)
        then = (frame["year"] * 100 + frame["month"]) <= self.period.year * 100 + self.period.last
        columns = ["year", "month", "value", "unit", "qualifier", "growth_pct", "reason"]
        return frame.loc[then, columns].reset_index(drop=True)

    def in_chinese(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame of details or a table of the zone with Chinese names of its columns; others stay as they are."""
        names = {}
        for schema in self.zone.schemas.values():
            names |= {field.name: field.name_zh for field in schema.fields}
        return frame.rename(columns=names | dict(chinese_names()))

    def explain(self, code: str, measure: str = "value", *, rank: int | None = None) -> Node:
        """How a figure came to be, as a tree down to the cells of the books; with ``rank`` what that place takes."""
        return explain(self, code, measure) if rank is None else explain_rank(self, code, rank)

    def exhibits(self) -> pd.DataFrame:
        """What the chapters can show: the name as a cell calls it, and the first sentence of what it says of itself."""
        return what_is_shown()

    def completions(self, kind: str) -> list[str]:
        """The names that a ``code``, ``measure``, ``detail`` or ``table`` may have, for completion in a notebook."""
        named = {"code": self._subjects, "measure": self._printing, "detail": schemas()}
        return sorted(named.get(kind, self.zone.schemas))

    def _repr_html_(self) -> str:
        """A short card in place of all that a report holds."""
        figures = int(self.measures["value"].notna().sum())
        return card(self.place, self.period.name_zh, len(self.indicators()), figures, len(self.details))

    def __repr__(self) -> str:
        return f"Report({self.zone.code}, {self.period}, {self.park or 'whole zone'})"

    @cached_property
    def _subjects(self) -> set[str]:
        """Every code that a figure may have: indicators, and the subjects of the dictionary of measures."""
        dictionary = self.zone.dictionary
        return {*dictionary.indicators.index, *dictionary.measures.index, *self.measures["code"]}

    def _figure(self, code: str, measure: str) -> tuple | None:
        """The row of a figure, None where the edition has none. Raises UnknownName for a name that cannot be."""
        figure = self._figures.get((code, measure))
        if figure is None:
            require(code, self._subjects, "code")
            require(measure, self._printing, "measure")
        return figure

    @property
    def place(self) -> str:
        """What the report is about: the zone, and the park where it is about one."""
        return self.zone.about.name_zh + self.park_name

    def label(self, code: str, column: str = "name_zh") -> str:
        """A field of the dictionary: the Chinese name, or another column."""
        return self._labels[code][column]

    def has(self, *codes: str) -> bool:
        """Whether every code has a value."""
        return all(not self.reason(code) for code in codes)

    def value(self, code: str, measure: str = "value") -> float:
        """The figure itself; NaN where there is none."""
        figure = self._figure(code, measure)
        return figure.value if figure else float("nan")

    def reason(self, code: str, measure: str = "value") -> str:
        """Why there is no figure, as a reason code; empty where there is one."""
        figure = self._figure(code, measure)
        return figure.reason if figure else "not_reported"

    def basis(self, code: str, measure: str = "value") -> str:
        """How a figure was made, in the words of the measure; empty where it is not said or there is none."""
        figure = self._figure(code, measure)
        return figure.basis if figure else ""

    def text(self, code: str, measure: str = "value") -> str:
        """The figure as it is printed everywhere: in sentences, tables and charts; a dash where there is none."""
        if measure == "growth" and self.reason(code, measure) == "few":
            # of a small count the difference stands where others have a percentage
            return self._signed(code, "change")
        if self.reason(code, measure):
            return NO_VALUE
        figure = self._figures[code, measure]
        if measure == "rank":
            of = "" if self.reason(code, "rank_of") else f"/{number(self.value(code, 'rank_of'), 0)}"
            return ("并列" if self.tied(code) else "") + number(figure.value, 0) + of
        decimals, fixed = self.digits(code, measure)
        return quantity(figure.value, figure.unit, decimals, qualifier=figure.qualifier, fixed=fixed)

    def _signed(self, code: str, measure: str) -> str:
        if self.value(code, measure) == 0:
            return "持平"
        return f"+{self.text(code, measure)}".replace("+-", "-")

    def unit(self, code: str, measure: str = "value") -> str:
        """The unit that a figure is printed in; empty where there is none."""
        figure = self._figure(code, measure)
        return figure.unit if figure else ""

    def digits(self, code: str, measure: str = "value") -> tuple[int, bool]:
        """How many decimals a figure is printed with, and whether its trailing zeros stay.

        A measure in the unit of its code (``own``) has the decimals of the code, a difference of it in percentage
        points one, as growth has.
        """
        unit, decimals = self._printing.get(measure, ("", ""))
        own = measure == "value" or "own" in (unit, decimals)
        if own and code in self._labels:
            ratio = self.label(code, "nature") == "ratio"
            figure = self._figures.get((code, measure))
            here = figure.unit if figure else ""
            if measure != "value" and here in ("%", "个百分点") and not ratio:
                return 1, True
            return int(self.label(code, "decimals")), ratio
        return (int(decimals), True) if str(decimals).isdigit() else (1, True)

    def tied(self, code: str) -> bool:
        """Whether peers share the rank."""
        return self.value(code, "rank_tied") > 1

    def place_of(self, code: str) -> str:
        """The rank as a sentence says it: 第3位, 并列第3位; empty where there is none."""
        if self.reason(code, "rank"):
            return ""
        return f"{'并列' if self.tied(code) else ''}第{number(self.value(code, 'rank'), 0)}位"

    def detail(self, name: str, /, **equal: object) -> pd.DataFrame:
        """A frame of the details, the rows whose columns equal what is given, with its columns also without rows.

        ``zonereport.metrics.schemas`` lists the frames. Raises UnknownFrame for a name that is none of them.
        """
        self.read(name)
        frame = self.details[name] if name in self.details else empty(name)
        for column, value in equal.items():
            frame = frame[frame[column] == value]
        return frame.reset_index(drop=True)

    def bare(self, code: str) -> str:
        """The figure without its qualifier, for a bar that says 预计 by its hatching."""
        figure = self._figures[code, "value"]
        derived = self.label(code, "nature") == "ratio"
        return quantity(figure.value, figure.unit, int(self.label(code, "decimals")), fixed=derived)

    def qualifier(self, code: str) -> str:
        """What the source says of the figure: estimate, lower_bound and so on."""
        return self._figures[code, "value"].qualifier

    def codes(self, *groups: str, derived: bool = False) -> list[str]:
        """The codes of the groups that this edition has a row for, published ones or derived ones."""
        known = self.zone.dictionary.derived.index
        rows = [code for code, row in self._labels.items() if row["group"] in groups and (code in known) == derived]
        return [code for code in rows if (code, "value") in self._figures]

    def note(self, code: str) -> str:
        """What the data row says of its scope; the dictionary's processing note for a derived code."""
        if code in self.zone.dictionary.derived.index:
            return self.label(code, "processing")
        row = self.printed(code)
        return row.note if row else ""

    def printed(self, code: str) -> tuple | None:
        """The data row of a figure: its last one of the period, by column names; None where there is none."""
        return self._printed.get(code)

    def words(self, exhibit: str) -> Words | None:
        """What an analyst says of an exhibit in this period; None for nothing. Of a park alone nobody has said any."""
        self.read(f"words.{exhibit}")
        for entry in self.zone.words.get(str(self.period), ()):
            if entry.name == exhibit and entry.written and not self.park:
                return entry
        return None

    def table(self, name: str, *, of_period: bool = False) -> pd.DataFrame:
        """A table of the zone, cut to the park and, where asked, the period; without rows where the zone has none.

        Of figures the whole zone has rows of its own; of projects, firms and other things it has those of all parks.
        """
        self.read(name)
        require(name, self.zone.schemas, "table")
        frame = self.zone.tables.get(name)
        if frame is None:
            return self._empty_table(name)
        if (name, of_period) not in self._tables:
            park = self.park
            if "park" in frame and (park or name == "indicators"):
                frame = frame[frame["park"] == park]
            self._tables[name, of_period] = frame[frame["period"] == str(self.period)] if of_period else frame
        # a column that a caller sets is the caller's own
        return self._tables[name, of_period].copy(deep=False)

    def _empty_table(self, name: str) -> pd.DataFrame:
        """The columns of a table that the zone has no file of."""
        schema = self.zone.schemas[name]
        return pd.DataFrame(columns=schema.columns, dtype="str").astype(dict.fromkeys(schema.numbers, "float64"))

    def events(self, name: str) -> pd.DataFrame:
        """The rows of a table of events, such as recognitions, from the beginning of the year to the period."""
        frame = self.table(name)
        if frame.empty:
            return frame
        when = frame["period"].map(Period.parse)
        return frame[[p.year == self.period.year and p.last <= self.period.last for p in when]]

    def sources(self, codes: Iterable[str] = (), measures: Collection[str] = ("value",)) -> list[Source]:
        """The sources of some measures of ``codes``, or of all codes of the edition, in the order of zone.yml."""
        values = self.measures[self.measures["measure"].isin(measures)]
        rows = values[values["code"].isin(set(codes) or set(values["code"]))]
        used = {part for text in rows["source"] for part in text.split(";")}
        return [source for source in self.zone.about.sources if source.id in used]

    def word(self, table: str, column: str, choice: str) -> str:
        """The Chinese word of a choice in a table."""
        return self.zone.schemas[table].word(column, choice)

    def bars(self, codes: Iterable[str]) -> pd.DataFrame:
        """The figures that there are as rows for a bar chart: label, value, text, estimate."""
        rows = [
            {
                "code": code,
                "label": self.label(code),
                "value": self.value(code),
                "text": self.text(code),
                "estimate": self.qualifier(code) == "estimate",
            }
            for code in codes
            if self.has(code)
        ]
        return pd.DataFrame(rows, columns=["code", "label", "value", "text", "estimate"])

    def parts(self, wholes: dict[str, tuple[str, str, str]]) -> pd.DataFrame:
        """Wholes with a part, the rest and the share, as rows for a part-of-whole chart, where all four are known."""
        known = {whole: codes for whole, codes in wholes.items() if self.has(whole, *codes)}
        rows = [
            {
                "whole": f"{self.label(whole)}\n{self.bare(whole)}",
                "share": self.value(share),
                "part_text": f"{self.label(part)}{self.bare(part)}（{self.bare(share)}）",
                "rest_text": f"{self.label(rest)}{self.bare(rest)}",
            }
            for whole, (part, rest, share) in known.items()
        ]
        return pd.DataFrame(rows, columns=["whole", "share", "part_text", "rest_text"])
