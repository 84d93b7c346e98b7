"""Writes of pages."""

from mitwerk.pages.actions.bin import PAGE, delete_laid_aside, lay_aside, restore_page
from mitwerk.pages.actions.merging import follow_merge
from mitwerk.pages.actions.news import load_topics, save_news
from mitwerk.pages.actions.operator import change_operator
from mitwerk.pages.actions.rights import grant_page_rights
from mitwerk.pages.actions.translation import translate_page
from mitwerk.pages.actions.tree import change_cluster_and_pages, ensure_page_tree
from mitwerk.pages.actions.twins import confirm_page, note_publishing

__all__ = [
    "PAGE",
    "change_cluster_and_pages",
    "change_operator",
    "confirm_page",
    "delete_laid_aside",
    "ensure_page_tree",
    "follow_merge",
    "grant_page_rights",
    "lay_aside",
    "load_topics",
    "note_publishing",
    "restore_page",
    "save_news",
    "translate_page",
]
