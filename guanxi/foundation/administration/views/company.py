from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.administration.forms import CompanyForm
from guanxi.foundation.company import clock
from guanxi.foundation.company.actions import change_company
from guanxi.foundation.company.queries import current

TERMS = ("margin", "discount", "order_cost", "contact_cost")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("settings.write")
def company(request: HttpRequest) -> HttpResponse:
    """The company's own facts, and the way to the other settings."""
    form = CompanyForm(request.POST or None, instance=current())
    if request.method == "POST" and form.is_valid():
        change_company(company=form.save(commit=False), by=member(request), at=clock.now())
        follows = _("Saved. What rests on margin and costs stands as it was until the next refresh.")
        messages.success(request, follows if _terms_move(form) else _("Saved."))
        return redirect("administration:company")
    return render(request, "administration/company.html", {"form": form}, status=422 if form.is_bound else 200)


def _terms_move(form: CompanyForm) -> bool:
    """Whether anything was changed that profit is reckoned by."""
    return any(form.cleaned_data[name] != form.initial[name] for name in TERMS)
