"""Transcripts for the tests of the PDF, and a sentence or two in every script."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from interviewrelay.core.conversation import Transcript, TranscriptTurn

BEGAN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SCRIPTS = {
    "Polish": "Zażółć gęślą jaźń, Łódź",
    "Turkish": "İstanbul'da ağır ışık, şöyle böyle çığ",
    "Vietnamese": "Tiếng Việt rất đẹp, người ta nói thế",
    "Greek": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία Άγιος",
    "Russian": "Съешь ещё этих мягких французских булок",
    "Ukrainian": "Їжак ґанок єдність",
    "Arabic": "كانت الممرضة لطيفة جدا السلام",
    "Arabic with vowels": "السَّلامُ عَلَيْكُم",
    "Persian": "پرستار گفت که می‌توانم بروم چ گ ژ",
    "Urdu": "یہ ایک ٹیسٹ ہے ڈاکٹر نے کہا",
    "Hebrew": "האחות הסבירה הכול בסבלנות רבה",
    "Hebrew with vowels": "שָׁלוֹם עֲלֵיכֶם",
    "Thai": "พยาบาลอธิบายทุกอย่าง น้ำใจดีมาก",
    "Lao": "ພະຍາບານໄດ້ອະທິບາຍ",
    "Khmer": "គិលានុបដ្ឋាយិកាបានពន្យល់",
    "Burmese": "သူနာပြုကရှင်းပြခဲ့သည်",
    "Simplified Chinese": "护士解释了一切，我很满意。",
    "Traditional Chinese": "護士解釋了一切，我很滿意。",
    "Japanese": "看護師さんがすべてを説明してくれて、とても嬉しかったです。",
    "Korean": "간호사가 모든 것을 설명해 주셔서 정말 좋았습니다",
    "Hindi": "नर्स ने सब कुछ समझाया, क्षत्रिय कर्म हिन्दी",
    "Bengali": "নার্স সব কিছু বুঝিয়ে বলেছেন",
    "Tamil": "செவிலியர் எல்லாவற்றையும் விளக்கினார் கொடு",
    "Telugu": "నర్సు అన్నీ వివరించింది",
    "Kannada": "ನರ್ಸ್ ಎಲ್ಲವನ್ನೂ ವಿವರಿಸಿದರು",
    "Malayalam": "നഴ്സ് എല്ലാം വിശദീകരിച്ചു",
    "Gujarati": "નર્સે બધું સમજાવ્યું",
    "Punjabi": "ਨਰਸ ਨੇ ਸਭ ਕੁਝ ਸਮਝਾਇਆ",
    "Sinhala": "හෙදිය සියල්ල පැහැදිලි කළාය",
    "Amharic": "ነርሷ ሁሉንም ነገር አስረዳች",
    "Armenian": "Բուժքույրը բացատրեց ամեն ինչ",
    "Georgian": "ექთანმა ყველაფერი ახსნა",
    "emoji": "Great 😀 👍🏽 👨‍👩‍👧 🇳🇱 ok",
    "symbols": "→ € … “x” – ✓ ½ ≤ ∑ № ™ ←",
}

# What people say of a day in hospital: letters with dots, vowel signs and joins of all kinds.
SENTENCES = {
    "Arabic": (
        "انتظرت حوالي أربعين دقيقة في الممر ولم يخبرنا أحد بشيء. ثم سألت ممرضة لطيفة"
        " فأخذتني إلى الطابق الرابع، وانتظرنا هناك قرابة ساعة ونصف"
    ),
    "Arabic with vowels": "رأيت دكتوراً لطيفاً تأخّر قليلاً واللّه لا أعرف لماذا",
    "Persian": "هیچ‌کس به ما چیزی نگفت. پرستار همه چیز را با حوصله توضیح داد، می‌توانم بروم",
    "Urdu": "ہم نے راہداری میں تقریباً چالیس منٹ انتظار کیا اور کسی نے ہمیں کچھ نہیں بتایا",
    "Hebrew": "חיכיתי כארבעים דקות במסדרון, ואף אחד לא אמר לנו שום דבר. השלטים היו ישנים",
    "Hindi": "मैंने गलियारे में लगभग चालीस मिनट इंतज़ार किया और किसी ने हमें कुछ नहीं बताया",
    "Dutch": "Ik heb veertig minuten gewacht en 's middags één geïrriteerde AVOND gehad",
    "French": "J’ai attendu près de l’infirmière et ça m’a gêné, j’en ai eu le cœur gros",
}


def a_transcript(texts: Sequence[str | None], **changes: object) -> Transcript:
    """Question, answer, question, …; None is a skipped answer."""
    turns = tuple(
        TranscriptTurn(
            id=f"t{at}",
            number=at + 1,
            timestamp=at * 65.5,
            speaker="participant" if at % 2 else "ai",
            text=text or "",
            sentiment="positive" if at % 2 else "neutral",
            skipped=text is None,
        )
        for at, text in enumerate(texts)
    )
    transcript = Transcript(
        session_id="a-session",
        title="Going home",
        project="Patient journeys",
        organization="Sint Anna",
        participant_email="maria@example.org",
        participant_name="Maria Jansen",
        status="completed",
        language="en",
        mode="text",
        interviewer="built-in",
        consent={"version": "2026-01", "agreed_at": BEGAN},
        started_at=BEGAN,
        completed_at=BEGAN,
        duration_seconds=842,
        duration_minutes=15,
        credits_charged=150,
        sentiment={"label": "mixed", "score": 0.1},
        turns=turns,
    )
    return replace(transcript, **changes)  # type: ignore[arg-type]
