"""Sentiment words in Dutch, German, French and Spanish; `*` stands for up to four more letters."""

from typing import NamedTuple


class SentimentWords(NamedTuple):
    """One language: positive words, negative words, and negations."""

    positive: str
    negative: str
    negation: str


WORDS = {
    "nl": SentimentWords(
        positive="""goed goede beter beste fijn* blij* mooi* geweldig* uitstekend* prettig* vriendelijk*
        tevreden prima leuk* heerlijk* dankbaar* gelukkig* perfect* behulpzaam behulpzame fantastisch*
        aardig* rustig* duidelijk* zorgvuldig* warm* lief lieve snel* gerustgesteld* opgelucht* genoten
        genoot hielp geholpen vertrouwen vertrouwd* trots* mooiste plezier* top super bedankt netjes
        soepel* veilig* respectvol* geduldig* waardeer* enthousiast* vrolijk* hoopvol*""",
        negative="""slecht* boos boze verdrietig* teleurgesteld* teleurstell* bang* angst* vervelend*
        vreselijk* verschrikkelijk* pijn* pijnlijk* moeilijk* lastig* onduidelijk* onvriendelijk*
        onbeleefd* frustre* gefrustreerd* irritant* irriteer* geïrriteerd* stress* gestrest* eenzaam
        eenzame verward* verwarrend* onzeker* ongerust* bezorgd* zorgelijk* haat* huilen huilde gehuild
        klacht* klagen fout* ramp* rommelig* chaotisch* chaos traag trage onveilig* vies ellend*
        jammer spijt* schandalig* waardeloos waardeloze probleem problemen ontevreden nare naar* mis
        kwaad kwade saai*""",
        negation="niet geen nooit nauwelijks zonder niets niemand",
    ),
    "de": SentimentWords(
        positive="""gut gute guter gutes guten gutem besser* beste* schön* froh* glücklich* wunderbar*
        toll* großartig* ausgezeichnet* freundlich* zufrieden* angenehm* hilfreich* dankbar* perfekt*
        nett* ruhig* sorgfältig* herzlich* lieb liebe lieben liebte schnell* erleichtert* beruhigt*
        genossen vertrauen stolz* freude* freue freut freute spaß super prima hervorragend*
        fantastisch* geduldig* sicher* respektvoll* klasse begeistert* geholfen half gelungen*
        reibungslos* danke zuverlässig* kompetent* verständnisvoll* hoffnungsvoll* empfehl*""",
        negative="""schlecht* schlimm* wütend* traurig* enttäusch* angst* ängst* furchtbar* schrecklich*
        schmerz* schwierig* unklar* unfreundlich* unhöflich* frust* frustrier* genervt* nervig* ärger*
        geärgert stress* gestresst* einsam* verwirr* unsicher* besorgt* sorgen hass* weinen weinte
        geweint beschwer* fehler* katastroph* chaotisch* chaos langsam* gefährlich* eklig* elend*
        schade leider unzufrieden* problem* böse* müde überfordert* hilflos* verzweifelt* peinlich*
        mühsam* unerträglich* grausam* verärgert* sauer langweilig*""",
        negation="nicht kein keine keinen keiner keinem nie niemals kaum ohne nichts",
    ),
    "fr": SentimentWords(
        positive="""bon bonne bons bonnes bien mieux meilleur* heureux heureuse* content* joli* beau
        belle magnifique* merveilleux merveilleuse* excellent* agréable* gentil* satisfait* parfait*
        utile* reconnaissant* formidable* génial* super chaleureux chaleureuse* aimable* rapide*
        rassuré* rassurant* soulagé* soulagement apprécié* apprécie* adoré* adore* aimé*
        confiance fier fière*
        plaisir* joie* merci patient patiente* calme* clair* soigneux soigneuse* respectueux
        respectueuse* efficace* compétent* fantastique* ravi* enchanté* facile* serein*""",
        negative="""mauvais* mal pire* triste* fâché* colère déçu* décevant* déception* peur* affreux
        affreuse* terrible* horrible* douleur* douloureux douloureuse* difficile* désagréable* impoli*
        frustr* énervé* énervant* agaçant* stress* seul seule solitude confus* inquiet inquiète*
        inquiétude* déteste* détesté* pleuré* pleurer plainte* erreur* catastroph* chaos chaotique*
        lent lente lents dangereux dangereuse* sale* misère* dommage regret* insatisfait* problème*
        pénible* épuis* honte* nul nulle* angoiss* abandonné* ennuyeux ennuyeuse* grave*""",
        negation="pas jamais aucun aucune sans rien guère ni",
    ),
    "es": SentimentWords(
        positive="""bueno buena buenos buenas buen bien mejor* feliz felices contento* contenta* bonito*
        bonita* hermos* maravillos* excelente* agradable* amable* satisfech* perfecto* perfecta* útil*
        agradecid* estupend* genial* súper cálid* cariños* rápido* rápida* tranquil* alivi* aprecio
        aprecié disfrut* encanta* encantó encantado* confianza orgullos* placer alegr* gracias paciente*
        claro clara* cuidados* respetuos* eficaz* competente* fantástic* encantador* fácil* segur*
        ayudó ayudaron ayudado amor amo querid* esperanza*""",
        negative="""malo mala malos malas mal peor* triste* enfadad* enojad* enojo decepcion* miedo*
        horrible* terrible* dolor* doloros* difícil* desagradable* grosero* grosera* frustr* molest*
        irrit* estrés estresad* soledad confus* insegur* preocup* odio odié odia* llorar lloré lloró
        queja* quejé error* desastr* caos caótic* lento lenta* peligros* sucio* sucia* miseria* lástima
        lamentable* insatisfech* problema* pésim* agotad* vergüenza fatal* angusti* abandonad* rabia
        aburrid* furios* cruel*""",
        negation="no nunca jamás sin ningún ninguna ninguno tampoco nada ni",
    ),
}
