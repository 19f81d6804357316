from guanxi.foundation.company.models import Company


def current() -> Company | None:
    """The company of this installation, or None before it is set up."""
    return Company.objects.filter(pk=1).first()
