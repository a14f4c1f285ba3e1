"""The session page and its steps."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic.dosing import services
from ajar.clinic.dosing.asking import ReadinessForm
from ajar.clinic.dosing.dispensing import dispense_lozenges
from ajar.clinic.dosing.doing import Doing, carry_out, look, shown
from ajar.clinic.dosing.forms import (
    AcceptForm,
    ArriveForm,
    BolusForm,
    CancelForm,
    ChangeForm,
    CheckForm,
    ConfirmForm,
    DeviceForm,
    DispenseForm,
    EndForm,
    InjectForm,
    MoveForm,
    OrderForm,
    StartForm,
    TakeForm,
)
from ajar.clinic.dosing.page import counted_mg
from ajar.clinic.dosing.scanning import told_of_package
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action
from ajar.clinic.staff.services import confirm_signature
from ajar.pathway.dosing.entries import Act, Residue


@require_GET
@permit(Action.SEE_SESSION)
def session(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Everything about one session, and its next step."""
    return shown(request, look(request, encounter_id))


@require_POST
@permit(Action.RECEIVE_PATIENT)
def arrive(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The patient is here."""

    def act(form: ArriveForm, doing: Doing) -> object:
        return services.arrive(room=form.rooms.get(form.cleaned_data.get("room", "")), **doing)

    return carry_out(request, encounter_id, "arrive", act)


@require_POST
@permit(Action.RUN_SESSION)
def move(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The patient goes on in another room."""

    def act(form: MoveForm, doing: Doing) -> object:
        data = form.cleaned_data
        return services.move_patient(
            room=form.rooms[data["room"]], because=data["because"], monitor=form.monitor, **doing
        )

    return carry_out(request, encounter_id, "move", act)


@require_POST
@permit(Action.RUN_SESSION)
def readiness(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Today's answers."""

    def act(form: ReadinessForm, doing: Doing) -> object:
        return services.answer_readiness(answered=form.answered(), **doing)

    return carry_out(request, encounter_id, "readiness", act)


@require_POST
@permit(Action.ORDER_DOSE)
def accept(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """A prescriber accepts what stands in the way."""

    def act(form: AcceptForm, doing: Doing) -> object:
        data = form.cleaned_data
        confirm_signature(signer=request.user, pin=data["pin"])
        return services.accept_finding(rule_id=data["rule_id"], because=data["because"], **doing)

    return carry_out(request, encounter_id, "accept", act)


@require_POST
@permit(Action.ORDER_DOSE)
def order(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The prescriber's order."""

    def act(form: OrderForm, doing: Doing) -> object:
        data = form.cleaned_data
        confirm_signature(signer=request.user, pin=data["pin"])
        return services.order_dose(
            amount_mg=data["amount_mg"],
            duration_min=data.get("duration_min"),
            because=data["because"],
            **doing,
        )

    return carry_out(request, encounter_id, "order", act)


@require_POST
@permit(Action.RUN_SESSION)
def scan(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Lot and expiry in what a scanner typed, for the page's script; nothing is recorded."""
    return told_of_package(look(request, encounter_id), request.POST)


@require_POST
@permit(Action.RUN_SESSION)
def check(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The two-person check."""

    def act(form: CheckForm, doing: Doing) -> object:
        data = form.cleaned_data
        second = form.people.get(data.get("second", ""))
        if second is not None:
            confirm_signature(signer=second, pin=data["pin"])
        return services.check_order(
            second=second, lot=data["lot"], expires_on=data["expires_on"], prepared=form.prepared(), **doing
        )

    return carry_out(request, encounter_id, "check", act)


@require_POST
@permit(Action.RUN_SESSION)
def confirm(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Everything stands: the session may begin."""

    def act(_: ConfirmForm, doing: Doing) -> object:
        return services.confirm_ready(**doing)

    return carry_out(request, encounter_id, "confirm", act)


@require_POST
@permit(Action.RUN_SESSION)
def start(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The infusion begins."""

    def act(form: StartForm, doing: Doing) -> object:
        return services.start_infusion(line_site=form.cleaned_data["line_site"], **doing)

    return carry_out(request, encounter_id, "start", act)


@require_POST
@permit(Action.RUN_SESSION)
def device(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The next nasal device."""

    def act(_: DeviceForm, doing: Doing) -> object:
        return services.use_device(**doing)

    return carry_out(request, encounter_id, "device", act)


@require_POST
@permit(Action.RUN_SESSION)
def inject(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """An injection into a muscle or under the skin."""

    def act(form: InjectForm, doing: Doing) -> object:
        return services.give_injection(**form.told(), **doing)

    return carry_out(request, encounter_id, "inject", act)


@require_POST
@permit(Action.RUN_SESSION)
def take(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """A lozenge placed, or drug swallowed."""

    def act(form: TakeForm, doing: Doing) -> object:
        return services.take_by_mouth(**form.told(), **doing)

    return carry_out(request, encounter_id, "take", act)


@require_POST
@permit(Action.RUN_SESSION)
def dispense(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Lozenges handed out for home."""

    def act(form: DispenseForm, doing: Doing) -> object:
        return dispense_lozenges(**form.told(), **doing)

    return carry_out(request, encounter_id, "dispense", act)


@require_POST
@permit(Action.RUN_SESSION)
def change(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Pause, resume, or another rate."""

    def act(form: ChangeForm, doing: Doing) -> object:
        data = form.cleaned_data
        return services.change_infusion(
            act=Act(data["act"]), rate_mg_per_h=data["rate_mg_per_h"], because=data["because"], **doing
        )

    return carry_out(request, encounter_id, "change", act)


@require_POST
@permit(Action.RUN_SESSION)
def bolus(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """An injection beside the infusion."""

    def act(form: BolusForm, doing: Doing) -> object:
        data = form.cleaned_data
        return services.give_bolus(amount_mg=data["amount_mg"], because=data["because"], **doing)

    return carry_out(request, encounter_id, "bolus", act)


@require_POST
@permit(Action.RUN_SESSION)
def end(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """No more drug today."""

    def act(form: EndForm, doing: Doing) -> object:
        data = form.cleaned_data
        total_mg = data["total_mg"]
        if total_mg is None:
            total_mg = counted_mg(form.seen.session, now=form.seen.now)
        return services.end_dose(
            total_mg=total_mg,
            because=data["because"],
            held_min=data.get("held_min"),
            residue=Residue(data["residue"]) if data.get("residue") else None,
            **doing,
        )

    return carry_out(request, encounter_id, "end", act)


@require_POST
@permit(Action.RUN_SESSION)
def cancel(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The session will not happen."""

    def act(form: CancelForm, doing: Doing) -> object:
        return services.cancel_session(because=form.cleaned_data["because"], **doing)

    return carry_out(request, encounter_id, "cancel", act)
