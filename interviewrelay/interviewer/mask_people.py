"""First names that are common in six languages, and words with a capital letter that name nobody."""

# ruff: noqa: E501 - a letter a line

from typing import Final

from interviewrelay.interviewer.words import words

FIRST_NAMES: Final = frozenset(
    words(
        "aaron abigail adam adrian adriana agnes agnieszka ahmad ahmed aisha alan alba albert alberto aldo alejandra alejandro alessandro alex alexander alexandra alfred ali alice alicia alina alison alma álvaro amanda amelia amina amir amy ana anastasia anders andré andrea andreas andrés andrew andy angela ángel ángela anita anja anke ann anna anne anneke annette annie anouk anthony antje anton antoine antonia antonio arda arjan arthur astrid axel aylin ayşe azra"
        " barbara bart beatrice beatriz bea ben benjamin bernard bernd berta bianca birgit björn boris bram brandon brenda brian bridget brigitte britta bruno bryan"
        " camille carla carlos carmen carol carolin caroline carsten catherine cécile cédric celine céline charles charlotte chiara chloé chris christa christel christian christiane christina christine christoph christophe christopher cindy clara claudia claudine claus clément conchita connie cornelia cristina curtis cynthia"
        " daan damian daniel daniela danielle dave david deborah deirdre denis denise dennis derek deshawn diana diane diego dieter dimitri dirk dolores dominik dominique donna doris dorothea doug dylan"
        " eduardo edward eileen elena eleonore eli elias elif elisa elisabeth elise elizabeth elke ella ellen elodie els elsa emil emilia emily emma emmanuel emre enrique erica erich erik erika ernst esra esther eugen eva evelyn ewa"
        " fabian fabienne fatima fatma felicia felipe felix femke fernando fiona florence florian francesca francesco francine francis francisco franz françois françoise freddy frédéric frederik friedrich frieda frits fritz"
        " gabriel gabriela gabriele gareth gary gavin geert geoffrey george georg gerard gerd gerda gerhard germán gert gertrud gilles giorgio giovanni giulia gisela gloria gonzalo graham greta gregor guido guillaume gunther günther gustav gwen"
        " hakan hala hamza hanna hannah hannelore hannes hans harald harry hasan hassan heather hector heike heiko heinrich heinz helen helena helga helmut hendrik henk henri henrike henry herbert hermann hilda hilde holger horst hugo hussein hüseyin"
        " ian ibrahim ignacio ilona ilse imran ines inés inge ingrid irene irina iris isaac isabel isabella isabelle isaiah ismail ivan iwona"
        " jaap jacqueline jacques jakob jamal james jamie jan jana jane janet janine jasmin jason javier jean jeanne jennifer jens jeremy jeroen jerome jessica jesús jill jim jimmy joachim joan joana joanna jochen johan johann johanna johannes john johnny jolanda jonas jonathan joost jordan jordi jorge jörg jos josé josef joseph josefina joshua josie joyce juan juana judith jules julia julian juliane julie julien jürgen justin jutta"
        " kamal karen karim karin karina karl karolina karsten katarzyna kate katharina katherine kathleen kathrin kathy katja katrin kayleigh keith kelly kenneth kerstin kevin khadija khaled kim kirsten klaus knut konrad krystyna kurt kwame kyle"
        " laetitia lara lars laura lauren laurent layla leandro lea léa leila lena leo leon leonie lennart leslie lieke lina linda lisa liselotte lois lorenzo lotte louis louise luc luca lucas lucía lucie lucy luigi luis luisa luise lukas lydia"
        " maarten mabel magdalena mahmoud maike malgorzata malik manfred manon manuel manuela marc marcel marco marcos marcus margaret margarita margit margot margriet maria maría marian marianne marie marijke marina mario marion marisol marit markus marlene marleen marta martha martin martina martine marvin mary maryam mateusz mathieu matthew matthias matthieu maureen maurice max maxime megan mehmet meike melanie melissa mercedes mia michael michaela michel michelle miguel mike mila milan miriam mohamed mohammed moritz mostafa muhammad murat murielle mustafa myriam"
        " nadia nadine nancy naomi natalia natalie nathalie nathan neil nicholas nick nicola nicolas nicole niels nigel nils nina noah noelia nora norbert norma nuria"
        " olaf oleg olga olive oliver olivia olivier olu omar oscar oskar osman otto owen özlem"
        " pablo paloma pamela pascal patricia patrick paul paula pauline pedro peggy pepe peter petra philip philipp philippe phyllis pia pierre pieter pilar priya przemek"
        " rachel rachid rainer rajesh ralf ralph ramón raphael raquel rashid raúl rebecca regina reinhard rené renate ricardo richard rita robert roberto robin rocío roger roland rolf ron ronald rosa rosario rosemary rosie roy rüdiger rudolf ruth ruud ryan"
        " saïd salim salma sally sam samantha samir samira samuel sander sandra sanne sara sarah sascha sean sebastian selim selma sergio sergei sharon sheila shirley sibylle siegfried sigrid silke silvia simon simone sjoerd sofia sofie sofía sophia sophie soraya stacey stanislav stefan stefanie steffen stella stephan stephanie stéphane stephen steve steven stuart susan susana susanne suzanne svetlana sven sylvia sylvie"
        " tamara tamika tania tanja tarek tatiana ted teresa teun theo theresa theresia thierry thijs thomas thorsten tijmen tim timo timothy tina tobias tom tomás tomasz tony torsten tracey tracy trevor trudy"
        " ulf ulla ulrich ulrike ursula uta ute uwe valentina valerie valérie vanessa vera verónica veronica veronika véronique victoria viktor vincent virginia vivian volker"
        " walter wanda waltraud wendy werner wesley wilfried wilhelm willem william wim wolfgang wouter xavier yasmin yasmine yolanda yusuf yvette yvonne zainab zeynep zoe"
    )
)  # fmt: skip
"""Those that are ordinary words too ("Will", "Rose", "Frank", "Mark") are not among them."""

NOBODY: Final = frozenset(
    words(
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june july august september october november december"
        " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche"
        " english british scottish welsh irish dutch german french spanish italian polish turkish arabic arab russian ukrainian syrian afghan iraqi iranian moroccan chinese japanese indian pakistani greek portuguese european american african asian latin swedish danish norwegian finnish austrian swiss belgian flemish romanian bulgarian hungarian czech albanian kurdish muslim christian jewish catholic protestant orthodox hindu buddhist"
        " europe germany england scotland wales ireland britain france spain italy poland turkey russia ukraine syria afghanistan iraq iran morocco china japan india pakistan greece portugal america africa asia sweden denmark norway finland austria switzerland belgium netherlands holland romania bulgaria hungary nederland duitsland frankrijk spanje italië polen turkije syrië marokko allemagne france espagne italie pologne turquie syrie maroc angleterre alemania francia españa italia polonia turquía siria marruecos inglaterra"
        " london paris berlin madrid rome vienna amsterdam rotterdam utrecht brussels antwerp hamburg munich cologne frankfurt barcelona seville lisbon warsaw istanbul moscow kyiv damascus aleppo kabul baghdad cairo casablanca dublin edinburgh glasgow manchester liverpool birmingham leeds bristol cardiff belfast york boston chicago washington lyon marseille toulouse lille valencia bilbao zürich geneva prague budapest athens stockholm oslo copenhagen helsinki parijs londen brussel londres bruxelles vienne rome berlín"
        " internet christmas easter ramadan eid advent carnival covid corona god bible koran quran brexit whatsapp google facebook instagram youtube excel word outlook powerpoint zoom teams windows amazon microsoft apple netflix uber ikea lidl aldi tesco wifi bluetooth android iphone ipad pdf email ok okay tv"
        " north south east west northern southern eastern western"
        " nobody somebody someone everybody everyone anybody anyone nothing something everything mum mom dad mama papa mummy daddy granny grandma grandpa nan gran auntie uncle sir madam doctor nurse professor reverend lord lady king queen president minister mayor chancellor chef boss miss mister usted ustedes vous"
    )
)  # fmt: skip
"""Days, months, languages, peoples, large places, feasts, brands, and what anybody may be called."""

KINDS_OF_PLACE: Final = frozenset(
    words(
        "street road avenue lane square park place bridge station airport hospital clinic surgery ward school college university academy library museum theatre church cathedral mosque synagogue temple centre center office department ministry council court bank club team house hall hotel restaurant cafe pub bar shop market mall tower river lake sea ocean mountain hill valley forest island beach bay coast county province state city town village district region union party league cup festival act law plan programme program project foundation trust society association agency authority service services group company ltd inc gmbh street's"
        " straat weg plein ziekenhuis universiteit kerk gemeente stichting vereniging rue place gare hôpital école université église mairie calle plaza estación hospital escuela universidad iglesia ayuntamiento"
    )
)  # fmt: skip
"""Beside these a word with a capital letter is the name of a place, a body or a thing."""

SURNAMES: Final = frozenset(
    words(
        "hill hall place park lane bar bay law forest city court house tower market bridge lake beach valley street"
    )
)
"""Those that are surnames too, behind a first name."""
