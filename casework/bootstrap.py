"""The composition root: real parts joined in one place."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml
from sqlalchemy import Engine

from casework import intakes
from casework.accounts import Accounts
from casework.adapters.bureau_file import load_bureau, standing_values
from casework.adapters.clock import SystemClock
from casework.adapters.database import check_keys, is_current, is_empty, migrate, open_engine
from casework.adapters.dialogue_rasa import RasaDialogue
from casework.adapters.directory_file import load_directory
from casework.adapters.divisions import locator
from casework.adapters.keys import KeyRing, KeysUnusable, create_key_file, read_key_file
from casework.adapters.limiter import WindowLimiter
from casework.adapters.petition_http import HttpPetitionSystem
from casework.adapters.petition_ledger import LedgerPetitionSystem
from casework.adapters.risk_file import load_risk
from casework.adapters.store import SqlStore
from casework.adapters.vault import Vault
from casework.adapters.wording_file import load_vocabulary
from casework.adapters.wording_http import HttpDrafter
from casework.adapters.work_calendar import WorkCalendar
from casework.calculations import Calculations
from casework.consent import Consent
from casework.conversations import Conversations
from casework.delivery import Delivery
from casework.domain.bureau import Bureau, Place
from casework.domain.directory import Directory
from casework.domain.errors import CannotStart
from casework.domain.risk import RiskAssessor
from casework.given_answers import GivenAnswers
from casework.handover import Handover
from casework.intake import Intake
from casework.matters import Matters
from casework.ports import Clock, Dialogue, Limiter, PetitionSystem, Store
from casework.progress import Progress
from casework.references import ReferencedDialogue, References
from casework.safety import hearing_danger
from casework.settings import Settings
from casework.supplements import Supplements
from casework.texts import Texts
from casework.wishes import Wishes
from casework.wording import Wording


@dataclass(frozen=True)
class Container:
    """Everything a channel, an action or a command may use."""

    settings: Settings
    clock: Clock
    store: Store
    vault: Vault
    texts: Texts
    bureau: Bureau
    directory: Directory
    limiter: Limiter
    risk: RiskAssessor
    dialogue: Dialogue
    references: References
    conversations: Conversations
    intake: Intake
    progress: Progress
    supplements: Supplements
    handover: Handover
    matters: Matters
    delivery: Delivery
    accounts: Accounts
    consent: Consent
    calculations: Calculations
    given_answers: GivenAnswers
    wording: Wording


def prepare(settings: Settings) -> None:
    """Set up what is missing: the data folder, the keys, the tables. Doing it twice does nothing.

    Keys are made only for a database in which nothing was ever encrypted. Raises ``CannotStart``.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings)
    engine = open_engine(settings)
    try:
        if settings.data_keys is None and not settings.key_file.exists():
            _make_keys(settings, engine)
        check_keys(engine, Vault(read_keys(settings)))
    finally:
        engine.dispose()


def build(settings: Settings) -> Container:
    """Join the parts. Raises ``CannotStart`` where ``prepare`` has not been run or cannot help."""
    vault = Vault(read_keys(settings))
    engine = open_engine(settings)
    if not is_current(engine):
        raise CannotStart("the database is not set up for this version: run suqiu setup")
    check_keys(engine, vault)

    clock = SystemClock()
    store = SqlStore(engine, vault, clock)
    bureau, directory, texts = _read_files(settings)
    limiter = WindowLimiter(vault, settings.redis_url)
    risk = risk_assessor(settings)
    places = tuple(_names_of(bureau.place))
    references = References(store, clock)
    dialogue = ReferencedDialogue(
        RasaDialogue(
            settings.rasa_url, settings.shared_rasa_token(), settings.dialogue_timeout_seconds
        ),
        references,
    )
    loaded = intakes.load()
    progress = Progress(store, clock, texts, limiter)
    intake = Intake(
        store,
        clock,
        texts,
        loaded,
        limiter=limiter,
        places=places,
        locate=locator(bureau.place),
        target=settings.petition_system,
        draft_days=settings.draft_days,
    )
    return Container(
        settings=settings,
        clock=clock,
        store=store,
        vault=vault,
        texts=texts,
        bureau=bureau,
        directory=directory,
        limiter=limiter,
        risk=risk,
        dialogue=dialogue,
        references=references,
        conversations=Conversations(
            store,
            dialogue,
            clock,
            texts,
            risk,
            intake.asking_kind,
            places=places,
            wished=Wishes(loaded.words).payload,
            passive_seconds=settings.passive_reply_seconds + 1,
            lease_seconds=settings.turn_lease_seconds,
        ),
        intake=intake,
        progress=progress,
        supplements=Supplements(store, clock, texts, loaded.words, progress),
        handover=Handover(store, clock, texts, bureau),
        matters=Matters(store, clock),
        delivery=Delivery(store, clock, texts, _petition_systems(settings, store, clock)),
        accounts=Accounts(store, clock, limiter),
        consent=Consent(store, clock, texts),
        calculations=Calculations(clock, texts),
        given_answers=GivenAnswers(store, clock),
        wording=Wording(store, clock, texts, load_vocabulary(), drafter(settings), places),
    )


def risk_assessor(settings: Settings) -> RiskAssessor:
    """The assessor that every message goes through, and the one that ``suqiu risk`` shows."""
    return load_risk(settings.risk_dir)


def danger_words(settings: Settings) -> Callable[[str], str | None]:
    """What the guidance asks before it answers, where there is no container. Raises
    ``CannotStart``."""
    return hearing_danger(risk_assessor(settings), _read_files(settings)[2])


def drafter(settings: Settings) -> HttpDrafter | None:
    """The service that words summaries for staff; None where none is set up, as by default."""
    if settings.wording_url is None or not settings.wording_model:
        return None
    key = settings.wording_key.get_secret_value() if settings.wording_key else None
    return HttpDrafter(
        settings.wording_url,
        settings.wording_model,
        key,
        settings.wording_seconds,
        settings.wording_anywhere,
    )


def read_keys(settings: Settings) -> KeyRing:
    """The key ring from the environment, or else from the key file. Raises ``KeysUnusable``."""
    if settings.data_keys is not None:
        return KeyRing.from_json(settings.data_keys.get_secret_value(), "SUQIU_DATA_KEYS")
    return read_key_file(settings.key_file)


def _read_files(settings: Settings) -> tuple[Bureau, Directory, Texts]:
    try:
        bureau = load_bureau(settings.bureau_file, WorkCalendar().is_workday)
        directory = load_directory(settings.directory_file)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise CannotStart(str(error)) from error
    return bureau, directory, Texts(values=standing_values(bureau, directory))


def _make_keys(settings: Settings, engine: Engine) -> None:
    if not is_empty(engine):
        raise KeysUnusable(
            f"the key file {settings.key_file} is missing, but the database holds data encrypted"
            " with it: put the file back"
        )
    with contextlib.suppress(FileExistsError):  # another process made it at the same moment
        create_key_file(settings.key_file)


def _petition_systems(settings: Settings, store: Store, clock: Clock) -> list[PetitionSystem]:
    """All that are set up: what was promised to one before a change of settings still arrives."""
    systems: list[PetitionSystem] = [LedgerPetitionSystem(store)]
    if settings.petition_endpoint and settings.petition_secret:
        secret = settings.petition_secret.get_secret_value()
        systems.append(HttpPetitionSystem(settings.petition_endpoint, secret, clock))
    return systems


def _names_of(place: Place) -> Iterator[str]:
    yield place.name
    for inside in place.inside:
        yield from _names_of(inside)
