"""Questions put to tables: bring one, say what is to be told, and read whether it can be."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number_in
from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.forms import UploadForm
from guanxi.integration.transfer.jobs import answer_question
from guanxi.integration.transfer.models import Question
from guanxi.integration.transfer.questions import actions
from guanxi.integration.transfer.questions.columns import Column
from guanxi.integration.transfer.questions.forms import AskForm, OutcomeForm, likely_outcome, one_sided, outcomes
from guanxi.integration.transfer.questions.place import table_of
from guanxi.integration.transfer.questions.reading import answer_of

PAGE = 50


@require_safe
@requires("question.ask")
def questions(request: HttpRequest) -> HttpResponse:
    """All questions, the latest first; `before` continues the list."""
    before = whole_number_in(request.GET, "before")
    found = Question.objects.select_related("uploaded_by").order_by("-pk")
    rows = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    more = f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    shown = [(each, answer_of(each)) for each in rows[:PAGE]]
    return render(request, "transfer/questions.html", {"rows": shown, "next_url": more})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("question.ask")
def new_question(request: HttpRequest) -> HttpResponse:
    """Bring a table."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            question = actions.bring_table(name=file.name, blocks=file.chunks(), by=member(request), at=now())
        except FileProblem as problem:
            form.add_error("file", _("%(problem)s Nothing was kept.") % {"problem": problem})
        else:
            return redirect("transfer:ask", question.pk)
    return render(request, "transfer/new_question.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("question.ask")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is to be told and by what; the address names the column with the outcome."""
    question = get_object_or_404(Question, pk=pk)
    columns = [Column.of(each) for each in question.columns]
    outcome = _outcome(request, question, columns)
    facts = {
        "question": question,
        "kept": table_of(pk).exists(),
        "outcome": outcome,
        "outcomes": OutcomeForm(outcomes(columns), outcome) if outcomes(columns) else None,
        "one_sided": one_sided(columns),
    }
    if outcome is None:
        return render(request, "transfer/ask.html", facts)
    form = AskForm(question, outcome, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(question=question, by=member(request), at=now(), **form.wishes())
        except UserError as problem:
            form.add_error(None, str(problem))
        else:
            answer_question.later(question_id=pk)
            return redirect("transfer:question", pk)
    return render(request, "transfer/ask.html", {**facts, "form": form}, status=422 if form.errors else 200)


@require_safe
@requires("question.ask")
def question_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A question with its answer, as soon as there is one."""
    question = get_object_or_404(Question.objects.select_related("asked_by", "uploaded_by"), pk=pk)
    if question.state == Question.State.CHOOSING:
        return redirect("transfer:ask", pk)
    return render(request, "transfer/question.html", _facts(question))


@require_safe
@requires("question.ask")
def question_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes when the answer is there."""
    question = get_object_or_404(Question.objects.select_related("asked_by", "uploaded_by"), pk=pk)
    return render(request, "transfer/_question_state.html", _facts(question))


@require_POST
@requires("question.ask")
def question_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the answer away, and the table with it."""
    actions.throw_away(question=get_object_or_404(Question, pk=pk), by=member(request), at=now())
    return redirect("transfer:questions")


def _outcome(request: HttpRequest, question: Question, columns: list[Column]) -> Column | None:
    """The column that is asked for, was asked for last, or is likeliest."""
    wanted = whole_number_in(request.POST if request.method == "POST" else request.GET, "outcome")
    if wanted is None:
        wanted = question.asked.get("outcome")
    return next((each for each in outcomes(columns) if each.place == wanted), None) or likely_outcome(columns)


def _facts(question: Question) -> dict[str, object]:
    return {"question": question, "answer": answer_of(question), "kept": table_of(question.pk).exists()}
