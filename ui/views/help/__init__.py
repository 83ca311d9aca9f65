"""Help on the screen (ux S15): answers, the shortcut sheet, the guide."""

from ui.views.help.help_view import HelpView

__all__ = ["HelpView"]
