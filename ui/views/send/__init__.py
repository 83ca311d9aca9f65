"""Send on the screen (ux S12)."""

from ui.views.send.send_view import SendView

__all__ = ["SendView"]
