"""What all renderers read: the ledger of a run with its findings, sections, contradictions and plots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from lstm_lab.judging.evidence import Ledger
from lstm_lab.judging.report import editions, family, final_criteria, more_seeds, replications, revisions, your_keras
from lstm_lab.judging.report.claim_section import claim_section, repetition
from lstm_lab.judging.report.claim_tables import MEASURED, by_section
from lstm_lab.judging.report.coverage import coverage_lines
from lstm_lab.judging.report.formatting import IN_THE_ROOT
from lstm_lab.judging.report.front_page import FrontTexts, front_texts, not_carried
from lstm_lab.judging.report.header import header_lines, repeat_lines, run_lines, sure_lines
from lstm_lab.judging.report.overview import attention_lines
from lstm_lab.judging.report.plots.catalogue import Plot, plots
from lstm_lab.judging.verdicts import Contradictions, Finding, Status, failure_of, judge, judge_under_control


@dataclass(frozen=True, eq=False)
class Report:
    """The evidence of a run, its verdicts, and the parts of the report that several renderers share.

    Each property is computed once, on its first use; what it is computed from must not change after that.

    Attributes:
        ledger: the evidence.
        planted: of a run under `--control`, the evidence under the positive controls, while `ledger` has that under the
            negative ones; None of any other run.
    """

    ledger: Ledger
    planted: Ledger | None = None

    @property
    def under_control(self) -> bool:
        """Whether it is of a run under `--control`."""
        return self.planted is not None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """One for each claim, in the order of the catalogue."""
        judged = judge(self.ledger) if self.planted is None else judge_under_control(self.ledger, self.planted)
        contradictions = Contradictions.among(judged)
        return tuple(_showable(finding, contradictions) for finding in judged)

    @cached_property
    def sections(self) -> list[tuple[str, list[Finding]]]:
        """The headings of the text in its order, with their findings; the comments last."""
        return by_section(self.findings)

    @cached_property
    def contradictions(self) -> Contradictions:
        """Which claims cannot hold together."""
        return Contradictions.among(self.findings)

    @cached_property
    def attention(self) -> tuple[str, ...]:
        """What needs attention, lines of Markdown; none where nothing does."""
        open_ = tuple(final_criteria.bullets(self.ledger))
        moved = () if self.front_page is None else tuple(not_carried(self.front_page.front, self.findings))
        return (
            *attention_lines(self.sections, self.contradictions, self.ledger.uncollected),
            *((f"**{final_criteria.TITLE}**", "", *open_, "") if open_ else ()),
            *(("**Sentences of the front page that no verdict carries any more**", "", *moved, "") if moved else ()),
        )

    @cached_property
    def front_page(self) -> FrontTexts | None:
        """What the report begins with; None where the suite declares nothing, and for a run of a part."""
        return front_texts(self.ledger, self.findings)

    @cached_property
    def replications(self) -> tuple[str, ...]:
        """The verdicts that the judged seeds do not share with those of exploration, lines of Markdown."""
        for_the_record = replications.is_for_the_record(self.ledger)
        return tuple(replications.chapter(self.sections, for_the_record=for_the_record))

    @cached_property
    def header(self) -> tuple[str, ...]:
        """What was measured, and the error rates over all verdicts, lines of Markdown."""
        return tuple(header_lines(self.ledger, self.findings, bool(self.attention)))

    @cached_property
    def how_sure(self) -> tuple[str, ...]:
        """How sure the verdicts are, a list in Markdown."""
        return tuple(sure_lines(self.ledger, self.findings))

    @cached_property
    def repeat(self) -> tuple[str, ...]:
        """How to repeat the run, a list in Markdown."""
        return tuple(repeat_lines(self.ledger))

    @cached_property
    def fragile(self) -> tuple[str, ...]:
        """The verdicts that may be chance, lines of Markdown; none in a partial run."""
        return tuple(family.fragile_lines(self.findings))

    @cached_property
    def more_seeds(self) -> tuple[str, ...]:
        """The claims near their bar by more seeds than this run has, lines of Markdown; none where no run had more."""
        return tuple(more_seeds.chapter(self.findings))

    @cached_property
    def revisions(self) -> tuple[str, ...]:
        """The claims that were changed after a verdict on them was seen, lines of Markdown."""
        return tuple(revisions.revision_lines(self.findings))

    @cached_property
    def editions(self) -> tuple[str, ...]:
        """How other editions of the software differ, lines of Markdown; none where none is recorded."""
        return tuple(editions.chapter(self.sections, self.ledger.editions))

    @cached_property
    def your_keras(self) -> tuple[str, ...]:
        """What other installations of Keras do, lines of Markdown; none where nothing is recorded."""
        return tuple(your_keras.chapter(self.ledger.your_keras))

    @cached_property
    def run(self) -> tuple[str, ...]:
        """The facts of the run, lines of plain text."""
        return tuple(run_lines(self.ledger.run))

    @cached_property
    def coverage(self) -> tuple[str, ...]:
        """How much of the text is measured, lines of Markdown; none for a partial run."""
        ledger = self.ledger
        if ledger.partial or not ledger.untested:
            return ()
        claims = [entry.claim for entry in ledger.catalogue.values()]
        return tuple(coverage_lines(claims, ledger.untested, ledger.outline))

    @cached_property
    def plots(self) -> tuple[Plot, ...]:
        """The pictures in their order; only those that have something to show."""
        return plots(
            tuple(self.ledger.drawings.values()), self.sections, self.front_page.glance if self.front_page else ()
        )


def _showable(finding: Finding, contradictions: Contradictions) -> Finding:
    """The finding; without its evidence, and failed, where its evidence cannot be told: all others still are."""
    claim = finding.entry.claim
    try:
        lines = claim_section(finding, contradictions)
        for _ in (*lines, *repetition(finding, finding.entry.declared_seeds, IN_THE_ROOT)):
            pass
        for column in MEASURED:
            column.cell(finding)
        claim.criterion.region(), claim.criterion.wanted_differences()
    except Exception as error:  # a criterion may be anyone's, and so are the values shown
        failure = failure_of(claim.id, "cannot be shown", error)
        lost = replace(finding, judgement=None, observations=(), missing=(), q=None, q_dependent=None)
        return replace(lost, status=Status.ERROR, failures=(failure,))
    return finding
