"""How people speak of danger to a life in Dutch, German, French, Spanish and Arabic."""

# ruff: noqa: E501 - a pattern is read best in one piece

DANGER = (
    # Dutch, German, French, Spanish, Arabic; looked for in every interview, whatever its language.
    r"\bzelfmoord\w*|\bzelfdoding|\b(?:wil|wilde) (?:niet meer leven|dood)\b|\bmezelf (?:van kant maken|iets aandoen|pijn doen|doden|snijden)|\b(?:slaat|mishandelt|misbruikt) (?:mij|me|ons|mijn kind)",
    r"\bselbstmord\w*|\bsuizid\w*|\bmich (?:umbringen|töten|selbst verletzen|ritzen)|\b(?:nicht mehr leben|will sterben|möchte sterben)\b|\b(?:schlägt|misshandelt|missbraucht) (?:mich|uns|mein kind)",
    r"\bme (?:suicider|tuer|faire du mal)\b|\bje (?:veux|voudrais) mourir\b|\bplus envie de vivre\b|\bmettre fin à (?:mes jours|ma vie)|\bil me (?:frappe|bat|viole)\b|\b(?:frappe|viole) (?:mes enfants|mon enfant)",
    r"\b(?:suicidarme|suicidio|suicidarse|matarme|hacerme daño|quitarme la vida)\b|\bquiero morir(?:me)?\b|\bno quiero (?:seguir )?vivi(?:r|endo)\b|\b(?:me|nos) (?:pega|golpea|maltrata|viola)\b",
    r"انتحار|(?:اريد|أريد) (?:ان |أن )?(?:اموت|أموت)|(?:اقتل|أقتل|قتل|إيذاء|ايذاء) نفسي|لا (?:اريد|أريد) (?:ان |أن )?(?:اعيش|أعيش)|يضربني|(?:انهي|أنهي) حياتي",
)

NO_DANGER = (
    # Things that are called suicide, as in English.
    r"\bdeadlines? (?:is|was|zijn|waren) (?:pure |echt )*zelfmoord\b|\b(?:planning|verkeer|tempo) (?:is|was) (?:pure |echt )*zelfmoord\b",
    r"\b(?:fristen|termine|deadlines?|zeitplan|verkehr|tempo|preise) (?:ist|sind|war|waren) (?:reiner |der reine |echter )*selbstmord\b",
    r"\b(?:délais|horaires|prix|rythme|trafic|circulation) (?:est|sont|était|étaient|c'était) (?:vraiment |carrément )*(?:un |du )?(?:suicide|suicidaires?)\b",
    r"\b(?:plazos|horarios|precios|ritmo|tráfico) (?:es|son|era|eran|fue|fueron) (?:realmente |casi )*(?:un )?(?:suicidio|suicidas?)\b",
)
