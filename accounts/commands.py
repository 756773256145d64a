"""Commands about people, for whoever sits at the machine."""

import click
from flask.cli import with_appcontext

from accounts import passwords, queries, services
from accounts.rules import Role
from core import clock
from core.db import transaction


@click.command("create-user")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What the person does.")
@click.option("--full-name", default="", help="The person's name, as others see it.")
@with_appcontext
def create_user(name: str, role: str, full_name: str) -> None:
    """Make an account and print its password; for an existing NAME add the role."""
    person = queries.person_by_name(name)
    if person:
        with transaction():
            services.add_role(person=person, role=Role(role), by=None, now=clock.now())
        click.echo(f"{person.user_name} exists; role {role} is given, the password stays.")
        return
    password = passwords.generated()
    password_hash = passwords.hash_of(password)
    with transaction():
        person = services.register_person(
            user_name=name, password_hash=password_hash, roles=[Role(role)], full_name=full_name, now=clock.now()
        )
    click.echo(f"user name: {person.user_name}\npassword:  {password}")


@click.command("set-password")
@click.argument("name")
@with_appcontext
def set_password(name: str) -> None:
    """Print a new password for NAME and end the sessions of the old one."""
    person = queries.person_by_name(name)
    if person is None:
        raise click.ClickException(f"nobody is called {name}.")
    password = passwords.generated()
    password_hash = passwords.hash_of(password)
    with transaction():
        services.change_password(person=person, password_hash=password_hash, by=None, now=clock.now())
    click.echo(f"user name: {person.user_name}\npassword:  {password}")
