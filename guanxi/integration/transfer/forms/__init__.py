from guanxi.integration.transfer.forms.exporting import ExportForm, LimitForm
from guanxi.integration.transfer.forms.mapping import MappingForm
from guanxi.integration.transfer.forms.reading import ReadingForm
from guanxi.integration.transfer.forms.upload import UploadForm

__all__ = ["ExportForm", "LimitForm", "MappingForm", "ReadingForm", "UploadForm"]
