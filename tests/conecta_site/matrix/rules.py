"""Who is let in where: the first rule that names a view holds for it. Read it as the city's own list of its doors.

*Own* are people of the body to which all belongs that is asked for (a draft that waits for its first approval, a
unit, a manifestation that was sent to the body); *other* are those of another body. ``why`` stands where something is
not as one would think, and always where nobody is let in.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.conecta_site.matrix.addresses import Address

PEOPLE = (
    "Public",
    "Redação",
    "Redação, other body",
    "Revisão",
    "Revisão, other body",
    "Comunicação",
    "Ouvidoria",
    "Controle",
    "Administração",
    "Superuser",
)
Who = frozenset[str]
_LETTERS = dict(zip("PrRvVCOKAS", PEOPLE, strict=True))


def who(letters: str) -> Who:
    """P public, r and R Redação (own, other), v and V Revisão, C, O, K (Controle), A, S (superuser)."""
    return frozenset(_LETTERS[letter] for letter in letters)


NOBODY = who("")
EVERYBODY = who("PrRvVCOKAS")
STAFF = EVERYBODY - who("P")
#: Write below the own body, or below all.
WRITERS = who("rvCS")
#: Write somewhere.
ALL_WRITERS = who("rRvVCS")
#: Put files up; of Ouvidoria those of the council.
FILERS = ALL_WRITERS | who("O")
#: Lists of pages and entries; Ouvidoria reads none.
LISTS = who("rRvVCKAS")
#: Read a draft.
READERS = who("rvCKAS")
#: Head of the own body: suspends, visits, closes.
HEADS = who("vCS")
ALL_HEADS = who("vVCS")
#: Classification, search, city.
CITY = who("CAS")
#: What has happened.
OVERSIGHT = who("CKAS")
COMMUNICATION = who("CS")
ADMINISTRATION = who("AS")
TECHNICAL = who("S")
#: Who decides at the first stage.
REVIEWER = who("v")
INBOX = who("rRvVCOKS")
#: What was sent to the own body, and the ombudsman's.
SAID = who("rvOKS")

_NO_CREATION = "nothing is made in this chooser"
_LOGS = "Wagtail's own: lists what the person may see"


@dataclass(frozen=True)
class Rule:
    """Views of a namespace (patterns as of file names, with spaces), or routes of those without a name."""

    space: str
    views: str
    read: Who
    write: Who = NOBODY
    why: str = ""

    @property
    def names(self) -> str:
        """For whoever has to mend it."""
        return f"{self.space}:{self.views}"

    def holds_for(self, address: Address) -> bool:
        """Whether it names this view."""
        space, _colon, view = address.name.rpartition(":") if address.name else ("", "", address.route)
        return fnmatchcase(space, self.space) and any(
            fnmatchcase(view, each) or fnmatchcase(address.route, each) for each in self.views.split()
        )


def rule_of(address: Address) -> Rule | None:
    """The first that names it."""
    return next((rule for rule in RULES if rule.holds_for(address)), None)


_PORTAL = (
    Rule("conecta_home", "offline_reads", NOBODY, EVERYBODY, "how often a phone showed what it keeps"),
    Rule("", "wagtail_serve sitemap sitemap.xml", EVERYBODY, EVERYBODY, "Wagtail's and Django's views take any method"),
    Rule("", "wagtaildocs_serve media/*", EVERYBODY, EVERYBODY, "a file that has an address; the same for any method"),
    Rule(
        "", "wagtail*_authenticate_with_password wagtailcore_login", EVERYBODY, EVERYBODY, "the form of what is closed"
    ),
    Rule("", ".well-known/security.txt api_reference healthz/* robots.txt a/*", EVERYBODY),
    Rule("conecta_home", "style_page", STAFF, NOBODY, "for those who work on the portal"),
    Rule("conecta_search", "outcome", NOBODY, EVERYBODY, "what the script of the results says"),
    Rule("conecta_search", "judge", NOBODY, CITY, "marks a result that answers a query, on the portal's own page"),
    Rule("conecta_search", "browser_suggestions opensearch results", EVERYBODY),
    Rule("conecta_feedback", "followed_reopen followed_resolved manifestation_forget", NOBODY, EVERYBODY, "buttons"),
    Rule(
        "conecta_feedback",
        "follow followed_erase link manifest page_help page_help_page rate respond",
        EVERYBODY,
        EVERYBODY,
        "what people say; followed is what one's own browser proved",
    ),
    Rule("conecta_feedback", "*", EVERYBODY),
    *(
        Rule(space, "*", EVERYBODY)
        for space in (
            "conecta_home",
            "conecta_widget",
            "conecta_reading",
            "conecta_observatory",
            "conecta_about",
            "conecta_offline",
            "conecta_services",
        )
    ),
)
_APIS = (
    Rule("", "api/v?/*", NOBODY, NOBODY, "no such address: a problem says so"),
    Rule("api-v1", "api-root", NOBODY, NOBODY, "no such address: a problem says so"),
    Rule("api-v1", "make_rating_links", NOBODY, NOBODY, "asks for a key of the API, whoever one is"),
    Rule("api-v1", "rate", NOBODY, EVERYBODY, "what people say, by a program"),
    Rule("api-v1", "openapi-json", EVERYBODY, EVERYBODY, "a view of the library's takes any method"),
    Rule("api-v1", "*", EVERYBODY),
    Rule("wagtailapi:*", "*", EVERYBODY),
)
_FIRST_DAY = (
    Rule("", "conecta_invitation", EVERYBODY, EVERYBODY, "a signed link that was sent to one person"),
    Rule("conecta_first_day", "list", ADMINISTRATION),
    Rule("conecta_first_day", "calendar", CITY, CITY),
    Rule("conecta_first_day", "leave_out", NOBODY, NOBODY, "asks Administração for a reason, and says so"),
    Rule("conecta_first_day", "mail renew revoke", NOBODY, ADMINISTRATION),
    Rule("conecta_first_day", "*", ADMINISTRATION, ADMINISTRATION),
    Rule("", "admin/login/ admin/password_reset/", EVERYBODY, EVERYBODY, "the door: it counts, then looks"),
    Rule("conecta_second_factor", "reset", ADMINISTRATION, ADMINISTRATION),
    Rule(
        "conecta_second_factor", "*", NOBODY, NOBODY, "off in this town: tests/home/second_factor walks it switched on"
    ),
    Rule("conecta_door", "*", STAFF, STAFF, "one's own devices"),
)
_OURS = (
    *_FIRST_DAY,
    Rule("conecta_state", "*", ADMINISTRATION, ADMINISTRATION),
    Rule("conecta_inbox", "export", who("OK")),
    Rule("conecta_inbox", "inbox", INBOX),
    Rule("conecta_inbox", "comment", who("rvCOKS")),
    Rule("conecta_inbox", "comment_act", NOBODY, who("rvCOKS"), "each act asks again who may"),
    Rule("conecta_inbox", "attachment manifestation", SAID),
    Rule("conecta_inbox", "act contact request_act", NOBODY, SAID, "each act asks again who may"),
    Rule("conecta_intake", "form", who("OS"), who("OS")),
    Rule("conecta_intake", "receipt", who("OS")),
    Rule("conecta_page_errors", "list*", ALL_WRITERS),
    Rule("conecta_page_errors", "one", WRITERS, WRITERS),
    Rule("conecta_participation", "index", who("COS")),
    Rule("conecta_participation", "export", NOBODY, who("COS")),
    Rule("conecta_participation", "*", who("COS"), who("COS")),
    Rule("conecta_posters", "*", STAFF, NOBODY, "what is printed is public"),
    Rule("conecta_rating_links", "*", who("OAS"), who("OAS")),
    Rule("conecta_search_admin", "assign", ALL_WRITERS, ALL_WRITERS, "what people look for becomes a draft's words"),
    Rule("conecta_search_admin", "asked*", OVERSIGHT),
    Rule("conecta_links", "*", ALL_WRITERS),
    Rule("conecta_review", "queue*", ALL_WRITERS),
    Rule("conecta_review", "confirm", WRITERS, WRITERS),
    Rule("conecta_acts", "*", OVERSIGHT),
    Rule("conecta_bodies", "*", COMMUNICATION, COMMUNICATION),
    Rule("conecta_booklets", "index", STAFF, NOBODY, "editions are public"),
    Rule("conecta_booklets", "*", NOBODY, COMMUNICATION),
    Rule("conecta_changes", "*", WRITERS, WRITERS),
    Rule("conecta_dismissing", "*", WRITERS, WRITERS),
    Rule("conecta_newsroom", "inbox", STAFF, NOBODY, "one's own tasks"),
    Rule("conecta_newsroom", "urgent", CITY, CITY),
    Rule("conecta_newsroom", "take_down", COMMUNICATION, COMMUNICATION),
    Rule("conecta_newsroom", "undo", NOBODY, STAFF, "asks itself who may, and says so on the report"),
    Rule("conecta_newsroom", "*", OVERSIGHT),
    Rule("conecta_sheets", "services", WRITERS),
    Rule("conecta_sheets", "template", ALL_WRITERS),
    Rule("conecta_sheets", "*", ALL_WRITERS, ALL_WRITERS, "one's own file alone"),
    Rule("conecta_visits", "*", LISTS),
    Rule("conecta_completeness", "report*", ALL_WRITERS),
    Rule("conecta_completeness", "new_snippet", NOBODY, ALL_WRITERS),
    Rule("conecta_completeness", "*", NOBODY, WRITERS),
    Rule("conecta_old_addresses", "process", STAFF, STAFF, "leads on to the form, which asks who may"),
    Rule("conecta_old_addresses", "*", CITY, CITY),
    Rule("conecta_service_listing", "choose_parent", STAFF, STAFF, "offers the bodies below which the person writes"),
    Rule("conecta_service_listing", "*", LISTS),
    Rule("", "conecta_answer_options", STAFF, STAFF, "answers of a public question, for the editor's script"),
    *(
        rule
        for space, may in (
            ("conecta_synonyms", CITY),
            ("conecta_best_bets", CITY),
            ("conecta_protected_words", CITY),
            ("conecta_judged_queries", CITY),
            ("conecta_absences", CITY),
            ("wagtailsnippets_conecta_home_glossaryterm", CITY),
            ("conecta_api_keys", ADMINISTRATION),
            ("conecta_front_ends", ADMINISTRATION),
        )
        for rule in (Rule(space, "add copy delete edit", may, may), Rule(space, "*", may))
    ),
    Rule("conecta_webhooks", "ping resume skip", NOBODY, ADMINISTRATION),
    Rule("conecta_webhooks", "add delete edit replay secret", ADMINISTRATION, ADMINISTRATION),
    Rule("conecta_webhooks", "*", ADMINISTRATION),
    Rule("conecta_entry_chooser", "create", NOBODY, NOBODY, _NO_CREATION),
    Rule("conecta_entry_chooser", "*", STAFF, NOBODY, "what is public"),
)
_DECIDED = "collect_workflow_action_data workflow_action"
_DRAFTED = "add copy edit preview_on_add preview_on_edit revisions_revert"
_OF_A_SNIPPET = (
    Rule("wagtailsnippetchoosers_*", "create", NOBODY, NOBODY, _NO_CREATION),
    Rule("wagtailsnippetchoosers_*", "*", STAFF, NOBODY, "titles, to link to"),
    Rule("wagtailsnippets_*", "list list_results", LISTS),
    Rule(
        "wagtailsnippets_*", "confirm_workflow_cancellation", STAFF, STAFF, "a question without anything of the entry"
    ),
    Rule(
        "wagtailsnippets_*",
        "revisions_unschedule unpublish",
        TECHNICAL,
        TECHNICAL,
        "nobody publishes by Wagtail's means",
    ),
    Rule("wagtailsnippets_*", "lock unlock", NOBODY, TECHNICAL),
    *(
        rule
        for kind in ("unit", "formtemplate")
        for rule in (
            Rule(f"wagtailsnippets_conecta_services_{kind}", "add preview_on_add", ALL_WRITERS, ALL_WRITERS),
            Rule(f"wagtailsnippets_conecta_services_{kind}", _DRAFTED, WRITERS, WRITERS),
            Rule(f"wagtailsnippets_conecta_services_{kind}", _DECIDED, REVIEWER, REVIEWER, "waits for Revisão"),
            Rule(f"wagtailsnippets_conecta_services_{kind}", "workflow_preview", REVIEWER, NOBODY, "waits for Revisão"),
            Rule(f"wagtailsnippets_conecta_services_{kind}", "delete", TECHNICAL, TECHNICAL, "it is public"),
            Rule(f"wagtailsnippets_conecta_services_{kind}", "*", WRITERS),
        )
    ),
    *(
        rule
        for kind in ("visit", "suspension", "hoursexception", "alert")
        for may in [COMMUNICATION if kind == "alert" else HEADS]
        for rule in (
            Rule(f"wagtailsnippets_conecta_services_{kind}", "add", ALL_HEADS, ALL_HEADS),
            Rule(
                f"wagtailsnippets_conecta_services_{kind}",
                "copy delete edit",
                may,
                may,
                "of the whole city" if kind == "alert" else "",
            ),
            Rule(f"wagtailsnippets_conecta_services_{kind}", "*", may),
        )
    ),
    *(
        rule
        for kind in ("topic", "audience", "lifeevent", "district", "question")
        for rule in (
            Rule(f"wagtailsnippets_conecta_services_{kind}", _DRAFTED, CITY, CITY),
            Rule(f"wagtailsnippets_conecta_services_{kind}", _DECIDED, who("C"), who("C"), "it is no body's"),
            Rule(f"wagtailsnippets_conecta_services_{kind}", "workflow_preview", who("C"), NOBODY, "it is no body's"),
            Rule(f"wagtailsnippets_conecta_services_{kind}", "delete", COMMUNICATION, COMMUNICATION, "it is public"),
            Rule(f"wagtailsnippets_conecta_services_{kind}", "*", CITY),
        )
    ),
)
_OF_A_PAGE = (
    Rule("wagtailadmin_pages", "search* type_use*", LISTS),
    Rule("wagtailadmin_pages", "choose_parent", STAFF, STAFF, "offers the bodies below which the person writes"),
    Rule("wagtailadmin_pages", "revisions_index", STAFF, STAFF, "leads on to the history, which asks who may"),
    Rule(
        "wagtailadmin_pages", "confirm_workflow_cancellation", STAFF, STAFF, "a question without anything of the page"
    ),
    Rule("wagtailadmin_pages", "set_privacy revisions_unschedule unpublish", TECHNICAL, TECHNICAL),
    Rule("wagtailadmin_pages", "lock set_page_position unlock", NOBODY, TECHNICAL),
    Rule("wagtailadmin_pages", "move_confirm", COMMUNICATION, COMMUNICATION, "to another body"),
    Rule("wagtailadmin_pages", "collect_workflow_action_data workflow_action", REVIEWER, REVIEWER, "waits for Revisão"),
    Rule("wagtailadmin_pages", "workflow_preview", REVIEWER, NOBODY, "waits for Revisão"),
    Rule("wagtailadmin_pages", "convert_alias", WRITERS, NOBODY, "refused: an alias is what a translation begins with"),
    Rule(
        "wagtailadmin_pages",
        "add copy delete edit move preview_on_add preview_on_edit revisions_revert view_draft",
        WRITERS,
        WRITERS,
    ),
    Rule("wagtailadmin_pages", "*", WRITERS),
    Rule("", "wagtailadmin_explore*", LISTS),
    Rule("wagtailadmin_api:pages", "action", NOBODY, NOBODY, "nobody publishes or unpublishes by Wagtail's means"),
    Rule("wagtailadmin_api:pages", "listing", STAFF, NOBODY, _LOGS),
    Rule("wagtailadmin_api:pages", "*", READERS),
)
_WAGTAILS = (
    Rule("", "wagtailadmin_error_test admin/test404/", NOBODY, NOBODY, "for those who develop Wagtail: closed"),
    Rule("", "admin/.*", NOBODY, NOBODY, "no such address"),
    Rule("", "wagtailadmin_block_preview", NOBODY, NOBODY, "no block of ours has a preview"),
    Rule(
        "", "wagtailadmin_login wagtailadmin_password_reset wagtailadmin_password_reset_confirm", EVERYBODY, EVERYBODY
    ),
    Rule("", "wagtailadmin_password_reset_* wagtailadmin_javascript_catalog", EVERYBODY),
    Rule("", "wagtailadmin_sprite", EVERYBODY, EVERYBODY, "icons"),
    Rule("", "wagtailadmin_logout", NOBODY, STAFF),
    Rule("", "wagtail_bulk_action", STAFF, STAFF, "for each page it asks who may, and names none that one may not see"),
    Rule(
        "",
        "wagtailadmin_account wagtailadmin_choose_page_*_link wagtailadmin_tag_*",
        STAFF,
        STAFF,
        "one's own, or no entry",
    ),
    Rule("", "wagtailadmin_home wagtailadmin_dismissibles wagtailadmin_choose_page* admin/localize/jsi18n/", STAFF),
    Rule("wagtailadmin_api:*", "*", STAFF, NOBODY, "titles, to link to"),
    Rule("wagtailadmin_collections", "index", TECHNICAL),
    Rule("wagtailadmin_collections", "*", TECHNICAL, TECHNICAL),
    Rule("wagtailadmin_workflows", "task_chooser task_chooser_results", STAFF, NOBODY, "names of the two stages"),
    Rule(
        "wagtailadmin_workflows",
        "task_chooser_create task_chosen",
        STAFF,
        STAFF,
        "offers what the person may make: nothing",
    ),
    Rule("wagtailadmin_workflows", "enable* remove", NOBODY, TECHNICAL),
    Rule("wagtailadmin_workflows", "index* task_index* usage*", TECHNICAL),
    Rule("wagtailadmin_workflows", "*", TECHNICAL, TECHNICAL),
    Rule("wagtailadmin_reports", "locked*", ALL_HEADS),
    Rule("wagtailadmin_reports", "site_history*", STAFF, NOBODY, _LOGS),
    Rule("wagtailadmin_reports", "*", who("rRvVCS")),
    Rule("wagtailadmin_editing_sessions", "ping", NOBODY, WRITERS),
    Rule("wagtailadmin_editing_sessions", "release", NOBODY, STAFF, "one's own alone"),
    Rule("wagtail_localize", "machine_translate", NOBODY, NOBODY, "no machine translates here"),
    Rule("wagtail_localize", "edit_* stop_translation upload_pofile", NOBODY, COMMUNICATION),
    Rule("wagtail_localize", "translations_report*", OVERSIGHT),
    Rule("wagtail_localize", "javascript_catalog snippets_api_*", STAFF, NOBODY, "titles, to link to"),
    Rule("wagtail_localize", "*", COMMUNICATION, COMMUNICATION),
    Rule("wagtailforms", "index*", LISTS),
    Rule("wagtailforms", "*", NOBODY, NOBODY, "no page of ours is a form of Wagtail's"),
    Rule("wagtailredirects", "delete", ADMINISTRATION, ADMINISTRATION),
    Rule("wagtailredirects", "process_import", STAFF, STAFF, "stands behind ours at the same address"),
    Rule("wagtailredirects", "start_import", CITY, CITY, "stands behind ours at the same address"),
    Rule("wagtailredirects", "index*", CITY),
    Rule("wagtailredirects", "*", CITY, CITY),
    Rule("wagtailsettings", "preview_on_edit", NOBODY, NOBODY, "no settings of ours have a preview"),
    Rule(
        "wagtailsettings",
        "admin/settings/<slug:app_name>/<slug:model_name>/",
        STAFF,
        STAFF,
        "leads on to the one city, which asks who may",
    ),
    Rule("wagtailsettings", "edit", CITY, CITY),
    Rule("wagtailembeds", "*", STAFF, STAFF, "no text of ours embeds: nothing is asked of anybody"),
    Rule("wagtailsnippets", "index", NOBODY, NOBODY, "each kind has a place of its own in the menu"),
    *(
        rule
        for space, one, puts in (("wagtaildocs", "document", FILERS), ("wagtailimages", "image", ALL_WRITERS))
        for rule in (
            Rule(
                space, "create_multiple_* delete_upload_multiple", NOBODY, NOBODY, "no upload waits for a second step"
            ),
            *(
                [Rule(space, "url_generator*", NOBODY, NOBODY, "none makes pictures of any size")]
                if one == "image"
                else []
            ),
            Rule(space, "index*", puts),
            Rule(space, "add add_multiple", puts, puts),
            Rule(space, "delete edit preview", COMMUNICATION, COMMUNICATION, "somebody else's"),
            Rule(space, f"{one}_usage", COMMUNICATION),
            Rule(space, "*_multiple", NOBODY, COMMUNICATION),
            Rule(f"{space}_chooser", "create select_format", puts, puts),
            Rule(f"{space}_chooser", "chosen", puts),
            Rule(f"{space}_chooser", "*", STAFF, NOBODY, _LOGS),
        )
    ),
    *(
        rule
        for space in ("wagtaillocales", "wagtailsites", "wagtailusers_groups")
        for rule in (Rule(space, "add copy delete edit", TECHNICAL, TECHNICAL), Rule(space, "*", TECHNICAL))
    ),
    Rule("wagtailusers_users", "delete", TECHNICAL, TECHNICAL),
    Rule("wagtailusers_users", "add copy edit", ADMINISTRATION, ADMINISTRATION),
    Rule("wagtailusers_users", "*", ADMINISTRATION),
)
RULES = (*_APIS, *_OURS, *_OF_A_SNIPPET, *_OF_A_PAGE, *_WAGTAILS, *_PORTAL)
