"""The same jobs in well-written Django REST framework: unmanaged models, `values`, serializers.

Run `granian --interface wsgi bench.peers.drf_app:application`; BENCH_URL is the database.
"""

import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings

URL = urlsplit(os.environ["BENCH_URL"])
LITE = URL.scheme == "sqlite"
ORG, KEY = os.environ["BENCH_ORG"], os.environ["BENCH_KEY"]
DATABASE: dict[str, Any] = (
    {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": URL.path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
        },
    }
    if LITE
    else {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": URL.path.lstrip("/"),
        "HOST": URL.hostname,
        "PORT": URL.port,
        "USER": URL.username,
        "PASSWORD": URL.password,
        "CONN_MAX_AGE": None,
    }
)
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": DATABASE},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["rest_framework"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="bench",
    USE_TZ=True,
    REST_FRAMEWORK={
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models, transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.http import Http404  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.permissions import BasePermission  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

Moment: Any = models.TextField if LITE else models.DateTimeField
Truth: Any = models.IntegerField if LITE else models.BooleanField
Json: Any = models.TextField if LITE else models.JSONField


def stamp(moment: datetime) -> Any:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if LITE else moment


class Campaign(models.Model):
    id = models.TextField(primary_key=True)
    org_id = models.TextField()
    project_id = models.TextField()
    script_id = models.TextField()
    name = models.TextField()
    status = models.TextField()
    created_at = Moment()
    invites_sent = models.IntegerField()
    started = models.IntegerField()
    completed = models.IntegerField()

    class Meta:
        managed, db_table, app_label = False, "campaign", "bench"


class Interview(models.Model):
    id = models.TextField(primary_key=True)
    org_id = models.TextField()
    campaign_id = models.TextField()
    participant_email = models.TextField()
    status = models.TextField()
    started_at = Moment()
    ended_at = Moment(null=True)
    duration_seconds = models.IntegerField(null=True)

    class Meta:
        managed, db_table, app_label = False, "interview", "bench"


class Turn(models.Model):
    id = models.TextField(primary_key=True)
    interview_id = models.TextField()
    number = models.IntegerField()
    speaker = models.TextField()
    text = models.TextField()
    at = Moment()
    elapsed = models.FloatField()
    skipped = Truth()
    question_id = models.TextField(null=True)
    sentiment_label = models.TextField(null=True)

    class Meta:
        managed, db_table, app_label = False, "turn", "bench"


class Invite(models.Model):
    id = models.TextField(primary_key=True)
    org_id = models.TextField()
    campaign_id = models.TextField()
    email = models.TextField()
    name = models.TextField()
    extra = Json(db_column="metadata")
    open_address = models.TextField(null=True)
    mark = models.TextField()
    sealed_token = models.TextField()
    status = models.TextField()
    test = Truth()
    created_at = Moment()
    expires_at = Moment()

    class Meta:
        managed, db_table, app_label = False, "invite", "bench"


class CampaignItem(serializers.ModelSerializer):
    class Meta:
        model = Campaign
        fields = (
            "id", "name", "status", "invites_sent", "completed", "created_at", "started",
            "project_id", "script_id",
        )  # fmt: skip


class SessionItem(serializers.ModelSerializer):
    class Meta:
        model = Interview
        fields = (
            "id", "campaign_id", "participant_email", "status", "duration_seconds",
            "started_at", "ended_at",
        )  # fmt: skip


class TurnItem(serializers.ModelSerializer):
    timestamp = serializers.FloatField(source="elapsed")
    sentiment = serializers.CharField(source="sentiment_label")

    class Meta:
        model = Turn
        fields = ("timestamp", "speaker", "text", "sentiment")


class InvitesIn(serializers.Serializer):
    emails = serializers.ListField(child=serializers.EmailField(), min_length=1)


class AnswerIn(serializers.Serializer):
    number = serializers.IntegerField()
    text = serializers.CharField(max_length=10_000)


class WithKey(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return request.META.get("HTTP_AUTHORIZATION") == f"Bearer {KEY}"


class Keyed(APIView):
    permission_classes = (WithKey,)


class Campaigns(Keyed):
    def get(self, request: Request) -> Response:
        limit = min(int(request.query_params.get("limit", 50)), 100)
        offset = int(request.query_params.get("offset", 0))
        mine = Campaign.objects.filter(org_id=ORG)
        rows = mine.order_by("-created_at", "-id")[offset : offset + limit]
        items = CampaignItem(rows, many=True).data
        return Response(
            {"campaigns": items, "total": mine.count(), "limit": limit, "offset": offset}
        )


class Detail(Keyed):
    def get(self, request: Request, campaign_id: str) -> Response:
        found = _own(campaign_id)
        rate = round(found.completed / found.started, 2) if found.started else 0
        return Response({**CampaignItem(found).data, "completion_rate": rate})


class Sessions(Keyed):
    def get(self, request: Request) -> Response:
        given = request.query_params
        mine = Interview.objects.filter(
            org_id=ORG, campaign_id=given["campaign_id"], status=given["status"]
        )
        items = SessionItem(mine.order_by("-started_at", "-id")[:50], many=True).data
        return Response({"sessions": items, "total": len(items)})


class Transcript(Keyed):
    def get(self, request: Request, session_id: str) -> Response:
        if not Interview.objects.filter(org_id=ORG, id=session_id).exists():
            raise Http404
        rows = Turn.objects.filter(interview_id=session_id).order_by("number")
        return Response({"session_id": session_id, "turns": TurnItem(rows, many=True).data})


class Invites(Keyed):
    def post(self, request: Request, campaign_id: str) -> Response:
        found = _own(campaign_id)
        given = InvitesIn(data=request.data)
        given.is_valid(raise_exception=True)
        now = datetime.now(UTC)
        rows = [
            Invite(
                id=str(uuid.uuid4()), org_id=ORG, campaign_id=found.id, email=email, name="",
                extra="{}" if LITE else {}, open_address=email, mark=uuid.uuid4().hex,
                sealed_token="", status="pending", test=0 if LITE else False,
                created_at=stamp(now), expires_at=stamp(now + timedelta(hours=168)),
            )
            for email in given.validated_data["emails"]
        ]  # fmt: skip
        with transaction.atomic():
            Invite.objects.bulk_create(rows)
            more = F("invites_sent") + len(rows)
            Campaign.objects.filter(id=found.id).update(invites_sent=more)
        made = [{"id": r.id, "email": r.email, "token": r.mark} for r in rows]
        return Response({"invites": made, "sent": len(rows), "failed": 0}, 201)


class Answer(APIView):
    def post(self, request: Request, session_id: str) -> Response:
        given = AnswerIn(data=request.data)
        given.is_valid(raise_exception=True)
        number, said = given.validated_data["number"], given.validated_data["text"]
        rows = [
            Turn(
                id=str(uuid.uuid4()), interview_id=session_id, number=number + offset,
                speaker=speaker, text=words, at=stamp(datetime.now(UTC)), elapsed=1.5,
                skipped=0 if LITE else False, question_id="q1", sentiment_label="neutral",
            )
            for offset, speaker, words in ((0, "participant", said), (1, "ai", "And then?"))
        ]  # fmt: skip
        with transaction.atomic():
            Turn.objects.bulk_create(rows)
        return Response({"saved": given.validated_data, "turn": {"number": number + 1}}, 201)


def _own(campaign_id: str) -> Campaign:
    found = Campaign.objects.filter(org_id=ORG, id=campaign_id).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("api/campaigns", Campaigns.as_view()),
    path("api/campaigns/<str:campaign_id>", Detail.as_view()),
    path("api/campaigns/<str:campaign_id>/invites", Invites.as_view()),
    path("api/sessions", Sessions.as_view()),
    path("api/session/<str:session_id>/transcript", Transcript.as_view()),
    path("interview/<str:session_id>/turns", Answer.as_view()),
]
application = get_wsgi_application()
