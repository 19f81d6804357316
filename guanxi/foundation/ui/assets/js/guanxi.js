// The script of every page: htmx for parts, and small elements for the few things HTML cannot do.
import htmx from "htmx.org";
import "./answers.js";
import "./board.js";
import "./dialogs.js";
import "./forms.js";
import "./keys.js";
import "./live.js";
import "./lists.js";
import "./palette.js";
import "./tabs.js";
import "./theme.js";
import "./toasts.js";

window.htmx = htmx;
