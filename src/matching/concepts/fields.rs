//! Words for what bodies do and how they are told apart: medical, national, first.

/// Each line: the word that stands for all of the line, and its forms, folded: without diacritics, `ae`, `oe`, `ue` and
/// `aa` as one letter.
pub(super) const FIELDS: &[(&str, &str)] = &[
    (
        "research",
        "recherche recherches ricerca ricerche investigacion investigaciones investigacao recerca forschung forschungs \
         forsch onderzoek badawczy badawczo badan vyzkum vyzkumu vyzkumny vyskum vyskumny forskning forsknings \
         forskningsinstitut kutato kutatasi kutatas istrazivanja istrazivanje raziskave raziskovalni erevnas ereunas ereunon \
         cercetare cercetari tutkimus tutkimuslaitos tyrimu petniecibas res investigative istrazivacki rannsoknir",
    ),
    (
        "medical",
        "medicine medizin medizinische medizinischen medizinischer medicales medicale medicaux medico medica medicos medicas medicina medicinska medicinski medisch medische medyczny medyczna medycyny medyczne lekarska lekarski medicinos medicinas medicinskih med medecine medecin medecins medicinae meditsinski meditsinskiy mediku lekarska laketieteellinen orvosi orvostudomanyi medicin medisinske",
    ),
    (
        "national",
        "nacional nationale nazionale nazionali natl narodni narodny narodowy narodowe narodowa nationaal nationales nacionalni nacionalinis nacionalais ethniko ethnikon kansallinen orszagos nemzeti nacionales nationaux nationella nasjonalt nasjonale nationalt national",
    ),
    (
        "science",
        "sciences sci ciencia ciencias ciencies scienza scienze wissenschaft wissenschaften nauk nauki nauka ved vedy vied tudomanyos tudomanyi wetenschap wetenschappen wetenschappelijk vetenskap vetenskaper videnskab stiinte scientifique scientifiques scientific scientifica scientifico cientifica cientifico cientificas wissenschaftliche mokslo mokslu zinatnu znanosti nauke scientific epistimon",
    ),
    (
        "technology",
        "technologie technologies technologiques tecnologia tecnologie tecnologica tecnologico tecnologias tecnologies technologii technologique technological technologia technologiju technologijos technologies teknologi teknologisk tehnologija tehnologie tech technologicky technologico technologias tehnologia tehnoloogia",
    ),
    (
        "technical",
        "technische technischen technisch technique techniques technika tecnica tecnico tecnicas techniczna techniczny technicka technicke technicky tehnicki tehnica tehniska tekniska tekniske teknisk teknillinen muszaki technines politechnika polytechnic politecnico politecnica polytechnique politehnica polytechnio polytechneio polytechnische teknik",
    ),
    (
        "health",
        "salud sante salute gesundheit gesundheits saude salut zdrowia zdravi zdravia zdravlje zdravstveni zdravotnictvi zdravja sundhed sundheds halsa helse sanitaria sanitario sanitarie sanidad sanitat sanita gezondheid terveyden terveys saglik zdrowie egeszsegugyi sveikatos veselibas ygeias healthcare",
    ),
    (
        "saint",
        "st san santa sant saints sint sankt sao santo sw swieto svaty svateho sveti ste sainte szent agios agia santi",
    ),
    ("general", "generale generalni allgemeines algemeen allgemein geniko ogolny"),
    ("clinical", "clinico clinici clinicos klinisch klinische klinischen klinicni klinicki klinicky clinicai"),
    ("central", "centrale centralny centralni zentral centraal keskus"),
    (
        "european",
        "europaisch europaische europeo europea europenne europen europees europejski evropski euro europeenne europeen europeu europeia",
    ),
    (
        "international",
        "internacional internationale internazionale internationales miedzynarodowy mezinarodni intl mednarodni",
    ),
    (
        "applied",
        "appliquee appliquees applicata aplicada aplicadas angewandte angewandten angewandter toegepast aplicades tillampad",
    ),
    ("natural", "naturelle naturelles naturales naturali"),
    (
        "agriculture",
        "agricultural agricola agraria agrario agronomique agronomic agraria landwirtschaft landbrug agraria agrarias agricoltura agrar rolniczy rolniczego agronomy agrarian agronomica agricole agricultura agroalimentare",
    ),
    ("energy", "energie energia energias energetica energetiki energii energija energi"),
    (
        "environment",
        "environmental environnement ambiente ambiental umwelt milieu miljo ambientale medioambiente srodowiska okolja",
    ),
    ("physics", "physik fisica physique fyzikalni fyziky fizika fizyki"),
    ("chemistry", "chemie quimica chimie chimica chemii kemija kemi chemical"),
    ("biology", "biologie biologia biologii biologiczny biologija biological"),
    (
        "engineering",
        "ingenieria ingegneria ingenierie ingenieur ingenieurs engenharia inzenyrstvi enginyeria engineers",
    ),
    (
        "economics",
        "economia economie ekonomi economica economico economiques okonomie wirtschaft wirtschafts ekonomiczny ekonomicka economic economy handels",
    ),
    ("education", "educacion educacao educazione bildung onderwijs edukacji erziehung educational oktatasi"),
    (
        "cancer",
        "krebs cancerologie cancerology oncology oncologia oncologie oncologico oncologica onkologie onkologii onkologiczny onkoloski onkologicky tumori tumor tumour tumors onkologia oncologic oncologico",
    ),
    ("cardiology", "cardiologia cardiologie cardiac kardiologie kardiologii herz heart cardiologico"),
    (
        "child",
        "children childrens pediatric pediatrico pediatrica pediatrics pediatria paediatric padiatrie kinder ninos enfants enfant bambino nino infantil",
    ),
    ("women", "womens mujer femme mere maternity maternite"),
    ("neurology", "neurologia neurologie neurologico neurological neurologicke neurologisk"),
    ("first", "1st primo premier erste pierwszy prvni diyi"),
    ("second", "2nd secondo deuxieme zweite drugi druha dier"),
    ("third", "3rd terzo troisieme dritte trzeci disan"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("sixth", "6th"),
    ("affiliated", "affil affiliate fushu attached"),
    ("people", "peoples renmin"),
    (
        "development",
        "desarrollo sviluppo developpement entwicklung desenvolvimento razvoj rozwoju ontwikkeling desenvolupament dezvoltare developpment",
    ),
    ("innovation", "innovacion innovazione innovacio inovacao innovations innovacji inovacije"),
    ("free", "libre libera livre freie freien vrije wolny szabad"),
    ("royal", "real royale reale reial koninklijk koninklijke kungliga kungl kongelige regia"),
    ("catholic", "catholique catolica cattolica katholieke katholische katolicki katolicka catholica katolikus"),
    ("autonomous", "autonoma autonome"),
    ("upper", "superieure superior superiore sup superiori superieur"),
    ("geology", "geologique geologico geological geologicky geologiczny geologie"),
    ("water", "agua acqua eau wasser"),
    (
        "biomedical",
        "biomedizin biomedica biomedicas biomediques biomedico biomedicina biomedicine biomedicale biomedicales biomedicals biomedicinska",
    ),
    ("management", "gestion gestione"),
];
