"""The ledger's acts and questions on users: who they are, what they may do, and signing in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from tui_ledger.errors import NotPermitted, SignInRefused
from tui_ledger.ledger import history, parties, passphrases, users
from tui_ledger.ledger.basis import LedgerBasis
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.roles import Role, with_article
from tui_ledger.text import storable
from tui_ledger.words import N_

if TYPE_CHECKING:
    from tui_ledger.ledger.parties import PartyLike
    from tui_ledger.ledger.passphrases import Secret
    from tui_ledger.ledger.users import User, UserLike


class UserActs(LedgerBasis):
    """Users are added, edited and removed, given a passphrase, and sign in.

    What a passphrase is checked with lies in the tables alone: no history, error or answer has it, and no key is
    compared by it.
    """

    def add_user(
        self,
        name: str,
        role: Role | str,
        party: PartyLike | None = None,
        passphrase: str | None = None,
        *,
        key: str | None = None,
        actor: str | None = None,
    ) -> User:
        """Adds a user: administrator, bookkeeper, viewer, or party, who signs in for that `party` alone.

        Without a passphrase they cannot sign in until one is set. Raises UserExists, InvalidUser, InvalidPassphrase,
        UnknownParty.
        """
        secret = None if passphrase is None else self._secret(passphrase)

        def run(act: Act) -> User:
            return users.add_user(self._database, act, name, role, party, secret)

        return self._perform("add-user", [name, str(role), _key_of(party)], key, actor, run, self._user_of_act)

    def edit_user(self, user: UserLike, *, key: str | None = None, actor: str | None = None, **changes: Any) -> User:
        """Changes role, party (None for nobody's) or active: who is not active cannot sign in, and writes nothing.

        Raises UnknownUser, InvalidUser, UnknownParty, LastAdministrator.
        """

        def run(act: Act) -> User:
            return users.edit_user(self._database, act, self.user(user), changes)

        asked = [_name_of(user), {name: _plain(value) for name, value in changes.items()}]
        return self._perform("edit-user", asked, key, actor, run, self._user_of_act)

    def set_passphrase(
        self, user: UserLike, passphrase: str, *, key: str | None = None, actor: str | None = None
    ) -> User:
        """Gives a user a passphrase, in place of an earlier one; undo passes over it, since nothing keeps the other.

        Whoever signed in with the other one is signed in no more, but for who changed their own, here. A key seen
        before sets nothing, whatever the passphrase. Raises UnknownUser, InvalidPassphrase.
        """
        self.user(user)
        secret = self._secret(passphrase)

        def run(act: Act) -> User:
            return users.set_secret(self._database, act, self.user(user), secret)

        changed = self._perform("set-passphrase", [_name_of(user)], key, actor, run, self._user_of_act)
        if self._signed_in is not None and changed.mark == secret.mark and changed.id == self._signed_in.id:
            vars(self)["_signed_in"] = replace(self._signed_in, mark=secret.mark)
        return changed

    def delete_user(self, user: UserLike, *, key: str | None = None, actor: str | None = None) -> None:
        """Removes a user, whose name stays on what they did; raises UnknownUser, LastAdministrator."""

        def run(act: Act) -> None:
            users.delete_user(self._database, act, self.user(user))

        self._perform("delete-user", [_name_of(user)], key, actor, run, lambda _: None)

    def user(self, user: UserLike) -> User:
        """The user of a name; raises UnknownUser."""
        return users.find_user(self._database, user)

    def users(self) -> tuple[User, ...]:
        """Every user, inactive ones too, by name."""
        return users.all_users(self._database)

    @property
    def signed_in(self) -> User | None:
        """Who signed in, as they are now, inactive where they were removed or got another passphrase since; None where
        the book itself was opened, which makes an administrator."""
        own = self._signed_in
        if own is None:
            return None
        now = users.user_of_row(self._database, own.id) or own
        return now if users.as_they_are_now(self._database, own) == now else replace(now, active=False)

    def sign_in(self, name: str, passphrase: str) -> Self:
        """This book for a user: every act of it is theirs, and only what their role allows at that moment.

        Both are one book: closing either closes it. Takes as long whatever is wrong, and asks no more often than it is
        called: whoever listens to strangers limits how often. A user whose role is `party` reads its own sheet and
        nothing else. Raises SignInRefused.
        """
        known = self._known(name)
        secret = None if known is None else users.secret_of(self._database, known)
        if not passphrases.is_right(passphrase, secret) or known is None or not known.active:
            raise SignInRefused
        return self._for(known)

    def for_user(self, user: UserLike) -> Self:
        """This book for a user who proved elsewhere who they are: whoever opened the book itself may do all that they
        may. Of a `User` everything must still be as it says, the passphrase too.

        Raises UnknownUser, SignInRefused, NotPermitted where somebody has signed in to this one.
        """
        if self._signed_in is not None:
            own = self._signed_in
            raise NotPermitted(
                user=own.name,
                role=with_article(own.role),
                what=N_("act as another user"),
                may=N_("who opened the book"),
            )
        known = users.find_user(self._database, user)
        if not known.active or (isinstance(user, users.User) and known != user):
            raise SignInRefused
        return self._for(known)

    def _known(self, name: object) -> User | None:
        """The user of a name that a stranger typed; no error says what is wrong with it."""
        if not isinstance(name, str) or len(name) > users.LONGEST_NAME or not storable(name):
            return None
        return users.user_of_name(self._database, name)

    def _secret(self, passphrase: str) -> Secret:
        """Made before the lock is taken: it takes a tenth of a second, as it is meant to."""
        self._permit("set-passphrase")
        return passphrases.new_secret(passphrase, history.utc_text(self._clock()))

    def _user_of_act(self, act: int) -> User:
        """The user as the act left it, whatever became of it since."""
        for change in history.changes_of_act(self._database, act):
            if change.subject is not None and change.subject.startswith("user ") and change.after is not None:
                left = users.user_of_body(int(change.subject[5:]), change.after)
                said = change.after.get(users.SAID, {})
                return replace(left, passphrase_set=said.get("set"), mark=said.get("mark", ""))
        raise LookupError(f"act {act} changed no user")


def _name_of(user: UserLike) -> str:
    return user.name if isinstance(user, users.User) else user


def _key_of(party: PartyLike | None) -> str | None:
    return party.key if isinstance(party, parties.Party) else party


def _plain(value: Any) -> Any:
    return value.key if isinstance(value, parties.Party) else str(value) if isinstance(value, Role) else value
