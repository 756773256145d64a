"""Pages about people: signing in and up, one's own profile and consent, and what organisers do for others."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from accounts import passwords, queries, rules, services, sessions
from accounts.forms import ConsentTextForm, PasswordForm, PersonForm, ProfileForm, RegisterForm, SignInForm
from accounts.models import Consent, Person
from accounts.rules import Role
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals, sentence
from core.permissions import asks, public

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/account/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """A new account: a user name and a password will do."""
    form = RegisterForm()
    if form.validate_on_submit():
        with refusals(form):
            person = _registered(form)
            sessions.start(person)
            flash(_("Welcome. Your user name is %(name)s; please write it down.", name=person.user_name))
            return redirect(own_path(request.args.get("next")))
    return page("accounts/register.html", form=form)


def _registered(form: RegisterForm) -> Person:
    name = rules.user_name_of(form.user_name.data) or ""
    _refuse_weak(form.password.data, user_name=name)
    password_hash = passwords.hash_of(form.password.data)
    try:
        with transaction():
            return services.register_person(
                user_name=form.user_name.data,
                password_hash=password_hash,
                email=form.email.data or "",
                roles=[Role.STUDENT],
                now=clock.now(),
            )
    except Refused:
        if made := _made_by_first_click(name, form.password.data):
            return made
        raise


def _made_by_first_click(name: str, password: str) -> Person | None:
    person = queries.person_by_name(name)
    is_young = person is not None and rules.is_second_click(made_at=person.created_at, now=clock.now())
    return person if person and is_young and passwords.fits(password, person.password_hash) else None


def _refuse_weak(password: str, *, user_name: str) -> None:
    if rules.is_weak(password, user_name=user_name):
        raise Refused("Anybody would guess this password; please think of another.", field="password")


@blueprint.route("/account/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Name and password; too many failures ask for patience (429)."""
    form = SignInForm()
    if form.validate_on_submit():
        name = rules.user_name_of(form.user_name.data) or ""
        if wait := _wait(name):
            form.form_errors.append(sentence(_too_often(wait)))
            text, _status = page("accounts/sign_in.html", form=form)
            return text, 429, {"Retry-After": str(int(wait.total_seconds()) + 1)}
        if person := _proven(name, form.password.data):
            sessions.start(person)
            return redirect(own_path(request.args.get("next")))
        form.form_errors.append(_("User name and password do not belong together. Please look at both."))
    return page("accounts/sign_in.html", form=form)


def _wait(name: str) -> timedelta | None:
    """How long to wait before the next attempt; None lets it happen, and then it counts already.

    Counting comes before the slow look at the password, and every attempt counts the others after its own is saved:
    so of a thousand at once, in whatever processes, no more pass than of a thousand in a row.
    """
    if wait := _wait_now(name, besides=0):
        return wait
    with transaction():
        attempt_id = services.count_attempt(user_name=name, network=_network(), now=clock.now())
    wait = _wait_now(name, besides=attempt_id)
    if wait:
        with transaction():
            services.uncount_attempt(attempt_id=attempt_id)
    return wait


def _wait_now(name: str, *, besides: int) -> timedelta | None:
    now = clock.now()
    since = now - rules.ATTEMPTS_WINDOW
    return rules.wait_before_sign_in(
        # What cannot be a user name is nobody's: such attempts count for the network only.
        for_name=queries.attempts_for(name, since=since, besides=besides) if name else [],
        from_network=queries.attempts_from(_network(), since=since, besides=besides),
        now=now,
    )


def _network() -> str:
    return rules.network_of(request.remote_addr or "")


def _too_often(wait: timedelta) -> Refused:
    return Refused("That was very often in a short time. Please wait %(time)s.", time=_spoken(wait))


def _proven(name: str, password: str) -> Person | None:
    """The person of this name if the password is theirs; that wipes out the attempts before."""
    person = queries.person_by_name(name)
    kept = person.password_hash if person else None
    if not passwords.fits(password, kept) or person is None or kept is None:
        return None
    new_hash = passwords.hash_of(password) if passwords.needs_new_hash(kept) else None
    with transaction():
        services.forget_failed_sign_ins(user_name=name)
        if new_hash:
            services.keep_new_hash(person=person, password_hash=new_hash)
    return person


def _spoken(wait: timedelta) -> str:
    return str(format_timedelta(wait, granularity="minute", threshold=1))


def own_path(wish: str | None) -> str:
    """A path of this site, or home: a sign-in never leads elsewhere.

    Browsers read a backslash as a slash and drop tabs and line ends, so a wish that has any of them is not followed.
    """
    path = wish or ""
    mine = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if mine else url_for("website.home")


@blueprint.post("/account/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End this session; a judge's browser forgets what it kept to read and mark without network.

    Marks that have not been sent yet are never lost: where there are some, js/leaving.js has made the browser forget the rest.
    """
    judged = current_user.is_authenticated and current_user.has_role(Role.JUDGE)
    logout_user()
    answer = current_app.make_response(redirect(url_for("website.home")))
    if judged and request.form.get("keeps") != "unsent":
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@blueprint.route("/account", methods=["GET", "POST"])
@asks("account.own")
def profile() -> ResponseReturnValue:
    """One's own name, e-mail and language."""
    form = ProfileForm(obj=current_user)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.change_profile(
                    person=current_user,
                    full_name=form.full_name.data or "",
                    email=form.email.data or "",
                    language=form.language.data,
                    now=clock.now(),
                )
            flash(_("Saved."))
            return redirect(url_for("accounts.profile"))
    return page("accounts/profile.html", form=form)


@blueprint.route("/account/password", methods=["GET", "POST"])
@asks("account.own")
def password() -> ResponseReturnValue:
    """A new password; every other session ends."""
    form = PasswordForm()
    if form.validate_on_submit():
        with refusals(form):
            _change_password(form)
            flash(_("Your password is changed. Other places where you were signed in are signed out."))
            return redirect(url_for("accounts.profile"))
    return page("accounts/password.html", form=form)


def _change_password(form: PasswordForm) -> None:
    name = current_user.user_name
    if wait := _wait(name):
        raise _too_often(wait)
    person = _proven(name, form.current.data)
    if person is None:
        raise Refused("This is not your password of now.", field="current")
    _refuse_weak(form.password.data, user_name=name)
    password_hash = passwords.hash_of(form.password.data)
    with transaction():
        services.change_password(person=person, password_hash=password_hash, by=person, now=clock.now())
    sessions.start(person)


@blueprint.get("/account/consent")
@asks("account.own")
def consents() -> ResponseReturnValue:
    """What a guardian has agreed to, for the family to see."""
    return page("accounts/consents.html", consents=queries.consents_of(current_user))


@blueprint.post("/account/consent/<int:consent_id>/withdraw")
@asks("consent.withdraw", of=queries.consent)
def withdraw_consent(consent: Consent) -> ResponseReturnValue:
    """The guardian's no."""
    with transaction():
        services.withdraw_consent(consent=consent, by=current_user, now=clock.now())
    flash(_("The consent is withdrawn. A letter that has not been judged yet will not be judged."))
    return redirect(url_for("accounts.consents"))


@blueprint.route("/consent-texts", methods=["GET", "POST"])
@asks("consent_text.edit")
def consent_texts() -> ResponseReturnValue:
    """What guardians are asked to agree to: the wording of today, and those before it."""
    form = ConsentTextForm(obj=queries.latest_consent_text())
    if form.validate_on_submit():
        with transaction():
            services.write_consent_text(
                text_vi=form.text_vi.data,
                text_en=form.text_en.data,
                text_fr=form.text_fr.data,
                by=current_user,
                now=clock.now(),
            )
        flash(_("From now on guardians are asked to agree to this wording."))
        return redirect(url_for("accounts.consent_texts"))
    return page("accounts/consent_texts.html", form=form, texts=queries.consent_texts())


@blueprint.route("/people/password", methods=["GET", "POST"])
@asks("person.manage")
def new_password() -> ResponseReturnValue:
    """A new password for somebody without e-mail who has lost theirs; it is shown once."""
    form = PersonForm()
    if form.validate_on_submit():
        with refusals(form):
            person = queries.person_by_name(form.user_name.data)
            if person is None:
                raise Refused("Nobody has this user name.", field="user_name")
            made = passwords.generated()
            password_hash = passwords.hash_of(made)
            with transaction():
                services.change_password(person=person, password_hash=password_hash, by=current_user, now=clock.now())
            return page("accounts/new_password.html", form=form, person=person, password=made)[0]
    return page("accounts/new_password.html", form=form, person=None, password=None)
