"""The fixed people of the tests: who is who never changes, so that a test reads like a story.

Mai and Nam write letters, Lan and Dũng judge, Hoa organises, Khoa curates, and a stranger has an
account and no business here.
"""

from accounts.models import Person
from accounts.rules import Role
from tests import make


def mai() -> Person:
    """A student."""
    return make.person("mai", Role.STUDENT, full_name="Trần Ngọc Mai")


def nam() -> Person:
    """Another student."""
    return make.person("nam", Role.STUDENT, full_name="Lê Hoài Nam")


def lan() -> Person:
    """A judge."""
    return make.person("lan", Role.JUDGE, full_name="Phạm Thị Lan")


def dung() -> Person:
    """Another judge."""
    return make.person("dung", Role.JUDGE, full_name="Vũ Tiến Dũng")


def hoa() -> Person:
    """The organiser."""
    return make.person("hoa", Role.ORGANISER, full_name="Nguyễn Thị Hoa")


def khoa() -> Person:
    """The curator."""
    return make.person("khoa", Role.CURATOR, full_name="Đặng Đăng Khoa")


def stranger() -> Person:
    """Somebody else."""
    return make.person("stranger")
