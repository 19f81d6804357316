from guanxi.foundation.company.models import Company


def current() -> Company | None:
    """The company of this installation, or None before it is set up."""
    return Company.objects.filter(pk=1).first()


def is_open() -> bool:
    """Whether the company's first data are in place, so that people can work."""
    return Company.objects.filter(pk=1, opened_at__isnull=False).exists()
