"""A year in progress: the real record and the demonstration year, loaded as `make run` loads them."""

from accounts import queries as accounts
from accounts.models import Person
from tests import make
from tests.kept import made_once
from website.demonstration import year

ROLES = {role.value: name for role, name in year.ACCOUNTS.items()}


@made_once
def in_progress() -> dict[str, Person]:
    """Load it; gives one person per role."""
    make.record()
    year.load()
    people = {role: accounts.person_by_name(name) for role, name in ROLES.items()}
    return {role: person for role, person in people.items() if person is not None}
