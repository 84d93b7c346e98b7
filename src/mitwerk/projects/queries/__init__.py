"""Reads of projects. Who may see what is decided here."""

from mitwerk.projects.queries.desk import desk_rows
from mitwerk.projects.queries.public import (
    before_and_after,
    chosen_projects,
    concepts_by_slug,
    count_clusters,
    count_competences,
    count_partners,
    count_statuses,
    count_years,
    goals_served,
    known_partners,
    narrowed,
    news_about,
    project_page,
    projects_by_goal,
    published_partners,
    published_projects,
)

__all__ = [
    "before_and_after",
    "chosen_projects",
    "concepts_by_slug",
    "count_clusters",
    "count_competences",
    "count_partners",
    "count_statuses",
    "count_years",
    "desk_rows",
    "goals_served",
    "known_partners",
    "narrowed",
    "news_about",
    "project_page",
    "projects_by_goal",
    "published_partners",
    "published_projects",
]
