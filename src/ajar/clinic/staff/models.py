"""People who sign in, and the sites they work at."""

from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from ajar.pathway.staff.roles import Role

PIN_TRIES: Final = 5
"""Wrong signing PINs before the PIN is locked (21 CFR 11.300 asks for a guard; the count is a default)."""


class Site(models.Model):
    """A place of the clinic, with its own clock."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    time_zone = models.CharField(max_length=64)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    jurisdiction = models.CharField(max_length=4, default="US")
    rems_site_id = models.CharField(max_length=32, blank=True)
    telehealth = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["telehealth", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.time_zone)


class Accounts(BaseUserManager["Account"]):
    """Makes accounts; sign-in is by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Store a new account with a hashed password (or none, which cannot sign in)."""
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """E-mail addresses are compared without regard to case."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Someone who can sign in: staff in a role, or a patient."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    printed_name = models.CharField(max_length=120)
    credentials = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    sites = models.ManyToManyField(Site, blank=True, related_name="accounts")
    is_active = models.BooleanField(default=True)
    signing_pin = models.CharField(max_length=128, blank=True)
    pin_failures = models.PositiveSmallIntegerField(default=0)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["printed_name", "role"]
    objects = Accounts()

    class Meta:
        ordering: ClassVar = ["printed_name"]

    def __str__(self) -> str:
        return self.titled_name

    @property
    def titled_name(self) -> str:
        """The printed name with credentials, as it stands under a signature."""
        return f"{self.printed_name}, {self.credentials}" if self.credentials else self.printed_name

    @property
    def role_of(self) -> Role:
        """The role as the pathway knows it."""
        return Role(self.role)

    @property
    def is_staff_member(self) -> bool:
        """Works here, in whatever role."""
        return self.role_of is not Role.PATIENT

    def set_pin(self, pin: str) -> None:
        """Keep the signing PIN hashed."""
        self.signing_pin = make_password(pin)
        self.pin_failures = 0

    def pin_is(self, pin: str) -> bool:
        """Does this PIN match? Says nothing about the lock."""
        return bool(self.signing_pin) and check_password(pin, self.signing_pin)

    @property
    def pin_locked(self) -> bool:
        """Too many wrong tries; the owner sets a new PIN with their password."""
        return self.pin_failures >= PIN_TRIES

    def seen(self, now: datetime) -> None:
        """Remember activity for the idle limit."""
        self.last_seen_at = now
        self.save(update_fields=["last_seen_at"])
