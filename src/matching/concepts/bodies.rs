//! Words for sorts of bodies: university, hospital, ministry.

/// Each line: the word that stands for all of the line, and its forms, folded: without diacritics, `ae`, `oe`, `ue` and
/// `aa` as one letter.
pub(super) const BODIES: &[(&str, &str)] = &[
    (
        "university",
        "universitat universite universites universita universidad universidade universitas universiteit universitet \
         universitetet universitesi universiti univerza univerzi univerze univerzita univerzity univerzitet univerziteta \
         uniwersytet uniwersytetu universitatea universitatii universitate universitates universitetas universiteto \
         sveuciliste sveucilista yliopisto yliopiston egyetem egyetemi panepistimio panepistimiou panepistimiako \
         panepistemio ulikool universiteti univ uni universitario universitaria universitarios universitarias \
         universitari universitaris universitaires universitaire universitar universitara universitarny univerzitna \
         univerzitni universitair uniwersytecki uniwersytecka uniwersyteckie kliniczny universitets \
         universitats universities universitario universiteits yliopistollinen ollscoil haskoli universitet \
         daxue daigaku universita prifysgol unibertsitatea universidads",
    ),
    (
        "hospital",
        "hospitals hopital hopitaux hospitalier hospitaliers hospitaliere hospitalieres hospitalario hospitalaria \
         hospitalar hospitales hospitais ospedale ospedali ospedaliera ospedaliero ospedaliere szpital szpitala szpitale \
         nemocnice nemocnica nemocnici sairala sairalan sykehus sykehuset sjukhus sjukhuset sygehus krankenhaus \
         krankenanstalt ziekenhuis ziekenhuizen hastanesi hastane bolnica bolnisnica bolnitsa bolnice korhaz spital \
         spitalul spitalet haigla ligonine ligonines slimnica nosokomio nosokomeio nosokomiou klinikum klinik kliniken \
         klinika klinikka klinikes klinikai clinic clinics clinica clinique cliniques clinicas kliniek hosp policlinico \
         policlinica poliklinik policlinic infirmary yiyuan byoin sairaanhoitopiiri ospitalea ysbyty lazaret hospitalul \
         hospitalet kliniska kliniki nosocomio",
    ),
    (
        "center",
        "centre centro centrum zentrum keskus kozpont centar centras kentro senter senteret centrul centri centros centres centers merkezi tsentr centru kozpontja zentren centrs centra keskuksen ctr",
    ),
    (
        "institute",
        "institut instituts instituto institutos istituto istituti instytut instytutu institutul institutas instituut \
         instituutti institutet institutt intezet intezete ustav ustavu institutes inst instituta instituto insitute \
         instituti instituttet institutions institution institucio institucion instituciones institutum institutia zavod institouto yanjiusuo",
    ),
    (
        "school",
        "ecole ecoles escuela escola scuola schule schola hochschule fachhochschule hogeschool hogskolan hogskola hogskole hogskolen hojskole skola skolan szkola szkoly vysoka visoka scoala korkeakoulu kool iskola scuole sch",
    ),
    ("college", "colegio collegio kolleg colleges col coll kolegij"),
    (
        "faculty",
        "facultad faculte facolta fakultat fakulta fakultet faculdade facultat facultatea kar fac faculteit wydzial",
    ),
    (
        "academy",
        "academia academie akademie akademia akademii akademija akademi akademiet accademia akademien akademy acad akademiai akademiya",
    ),
    (
        "foundation",
        "fundacion fundacio fondazione fondation stiftung stichting fundacja fundacao nadace nadacia sation satio stiftelsen stiftelse fond fonden fundatia ustanova zaklada foundations alapitvany idryma fonds sihtasutus fondas fondacija",
    ),
    (
        "association",
        "asociacion associacio associacao associazione verein vereniging asociatia asociace asocijacija udruzenje udruga zdruzenje stowarzyszenie association associations assoc yhdistys forening foreningen zwiazek asociacija asociacia egyesulet verband",
    ),
    (
        "society",
        "gesellschaft sociedad societe societa sociedade societat towarzystwo spolecnost spolocnost drustvo selskab sallskapet genootschap seura tarsasag soc",
    ),
    (
        "ministry",
        "ministerio ministero ministere ministerium bundesministerium ministerstvo ministerstwo ministerul ministarstvo ministrstvo ministerie ministeriet ministerija ministerium miniszterium ypourgio ypoyrgeio bakanligi",
    ),
    (
        "city",
        "comune ayuntamiento municipio mairie gemente gemeinde kommune kommun stadt cities municipality municipal ajuntament concello dimos gmina miasto obcina grad commune municipalidad municipiul kaupunki stad ville obec mesto primaria urad camara ciudad citta magistrat landeshauptstadt",
    ),
    ("region", "regione regional regionale regionaal regiao regionalny regionalni regione regionen regiunea"),
    ("province", "provincia provincie provincial diputacion deputacion sheng"),
    ("department", "departamento dipartimento departament dept abteilung"),
    ("museum", "museo musee museet muzeum muzej muzeul museu museums muze musei"),
    ("library", "biblioteca bibliotheque bibliothek biblioteka bibliotek knihovna kirjasto konyvtar"),
    ("agency", "agencia agenzia agence agentur agentschap agencija agentia agentura agencja agenture"),
    ("council", "consejo consiglio conseil rat raad rada rad consell conselho consiliul savet taryba"),
    ("authority", "autoridad autorita autorite behorde autoritatea"),
    ("federation", "federacion federazione foderation federacao federacja federacija federatie"),
    ("network", "netzwerk red reseau rete netwerk verkosto"),
    ("chamber", "kammer chambre camera izba komora cambra kamara"),
    ("trust", "trusts"),
    ("federal", "bundes bundesanstalt bundesamt federale bund federalni"),
    (
        "state",
        "stato estado etat estatal statale stats land landes statens panstwowy panstwowa statni statny allami valstybinis",
    ),
];
