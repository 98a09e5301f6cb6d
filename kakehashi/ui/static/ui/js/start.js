// What every page starts. Each module binds to data- attributes; without script pages still work.
import "htmx.org";
import "#ui/dialogs";
import "#ui/drafts";
import "#ui/filedrop";
import "#ui/guard";
import "#ui/kept";
import "#ui/keys";
import "#ui/notices";
import "#ui/palette";
import "#ui/rows";
import "#ui/terms";
import "#ui/theme";
import "#ui/toasts";
