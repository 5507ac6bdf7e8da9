//! Words that say what sort of body a name means, in many languages, as one word each; and words that say nothing.
//! How a name is taken apart is left to `reading`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Each line: the word that stands for all of the line, and its forms, folded: without diacritics, `ae`, `oe`, `ue` and
/// `aa` as one letter.
const CONCEPTS: &[(&str, &str)] = &[
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
        "health",
        "salud sante salute gesundheit gesundheits saude salut zdrowia zdravi zdravia zdravlje zdravstveni zdravotnictvi zdravja sundhed sundheds halsa helse sanitaria sanitario sanitarie sanidad sanitat sanita gezondheid terveyden terveys saglik zdrowie egeszsegugyi sveikatos veselibas ygeias healthcare",
    ),
    (
        "saint",
        "st san santa sant saints sint sankt sao santo sw swieto svaty svateho sveti ste sainte szent agios agia santi",
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
    ("trust", "trusts"),
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
    ("federal", "bundes bundesanstalt bundesamt federale bund federalni"),
    (
        "state",
        "stato estado etat estatal statale stats land landes statens panstwowy panstwowa statni statny allami valstybinis",
    ),
    ("geology", "geologique geologico geological geologicky geologiczny geologie"),
    ("water", "agua acqua eau wasser"),
    (
        "biomedical",
        "biomedizin biomedica biomedicas biomediques biomedico biomedicina biomedicine biomedicale biomedicales biomedicals biomedicinska",
    ),
    ("management", "gestion gestione"),
    ("italy", "italia italiana italiano italian italiane"),
    ("spain", "espana espanola espanol espagne spanish"),
    ("france", "francais francaise francaises french"),
    ("germany", "deutschland deutsche deutsches deutscher deutschen german"),
    ("poland", "polska polski polskie polskiej polish"),
    ("netherlands", "nederland nederlandse nederlands dutch"),
    ("greece", "ellados elliniko ellinikos ellas hellenic greek helenic"),
    ("switzerland", "schweiz suisse svizzera schweizerische schweizerischer swiss"),
    ("austria", "osterreich osterreichische osterreichisches austrian"),
    ("denmark", "danmark danmarks danske danish dansk"),
    ("sweden", "sverige sveriges svenska swedish"),
    ("norway", "norge norges norsk norske norwegian"),
    ("finland", "suomi suomen finnish"),
    ("czechia", "ceska ceske cesky cr czech"),
    ("hungary", "magyar magyarorszagi hungarian"),
    ("romania", "romana romane romaniei romanian"),
    ("croatia", "hrvatska hrvatski hrvatske croatian"),
    ("slovenia", "slovenije slovenski slovenija slovenian"),
    ("munich", "munchen muenchen"),
    ("vienna", "wien"),
    ("geneva", "geneve genf ginevra"),
    ("rome", "roma"),
    ("milan", "milano"),
    ("turin", "torino"),
    ("prague", "praha praze prag prahy"),
    ("copenhagen", "kobenhavn kobenhavns kjobenhavn"),
    ("athens", "athina athinon athen atenas athinas athena"),
    ("thessaloniki", "thessalonikis thessalonica thesaloniki"),
    ("lisbon", "lisboa"),
    ("warsaw", "warszawa warszawski warszawska warszawie warszawskiego warschau"),
    ("cologne", "koln"),
    ("brussels", "bruxelles brussel brussels"),
    ("florence", "firenze"),
    ("naples", "napoli"),
    ("venice", "venezia"),
    ("genoa", "genova"),
    ("padua", "padova"),
    ("seville", "sevilla"),
    ("bucharest", "bucuresti"),
    ("belgrade", "beograd beogradu beograda"),
    ("ghent", "gent gand"),
    ("antwerp", "antwerpen anvers"),
    ("leuven", "louvain"),
    ("hague", "hag gravenhage"),
    ("gothenburg", "goteborg goteborgs"),
    ("helsinki", "helsingfors helsingin"),
    ("turku", "abo turun"),
    ("nuremberg", "nurnberg"),
    ("hanover", "hannover"),
    ("basel", "bale basle basilea"),
    ("zurich", "zurigo zuerich"),
    ("bern", "berne"),
    ("lyon", "lyons"),
    ("marseille", "marseilles"),
    ("strasbourg", "strassburg"),
    ("krakow", "cracow krakowie krakowska jagiellonski"),
    ("porto", "oporto"),
    ("moscow", "moskva moskau moskovskiy"),
    ("kyiv", "kiev kyyiv"),
    ("sofia", "sofiya sofiiski sofiyski"),
    ("saragossa", "zaragoza"),
    ("corunna", "coruna"),
    ("catalonia", "catalunya cataluna catalana catalan"),
    ("bavaria", "bayern bayerische bayerisches"),
    ("saxony", "sachsen sachsische"),
    ("tuscany", "toscana"),
    ("lombardy", "lombardia"),
    ("piedmont", "piemonte"),
    ("silesia", "slaski slaskie slaska schlesien silesian"),
    ("sicily", "sicilia siciliana"),
    ("sardinia", "sardegna"),
    ("brittany", "bretagne"),
    ("normandy", "normandie"),
    ("burgundy", "bourgogne"),
    ("corsica", "corse"),
    ("zagreb", "zagrebu zagreba"),
    ("ljubljana", "ljubljani ljubljane"),
    ("novi", "novom"),
    ("bologna", "bolonia"),
    ("vilnius", "vilniaus"),
    ("kaunas", "kauno"),
    ("riga", "rigas"),
    ("latvia", "latvijas"),
    ("lithuania", "lietuvos"),
    ("estonia", "eesti"),
    ("tartu", "tartto"),
    ("iceland", "islands islenska"),
    ("crete", "kritis"),
    ("patras", "patron patra"),
    ("cyprus", "kypros kyprou"),
    ("bilbao", "bilbo"),
    ("basque", "vasco pais euskal euskadi"),
    ("malaga", "malagua"),
    ("tokyo", "tokio"),
    ("beijing", "peking pekin"),
    ("seoul", "soul"),
    ("istanbul", "istanbulin"),
];

/// Words that stand for several.
const EXPANSIONS: &[(&str, &str)] = &[
    ("chu", "center hospital university"),
    ("chru", "center hospital region university"),
    ("chr", "center hospital region"),
    ("umc", "university medical center"),
    ("uz", "university hospital"),
    ("ukl", "university hospital"),
    ("uk", "united kingdom"),
    ("usa", "united states"),
    ("aou", "azienda hospital university"),
    ("asl", "azienda health locale"),
    ("ausl", "azienda unita health locale"),
    ("asst", "azienda socio health territoriale"),
    ("cnr", "council national research"),
    ("csic", "council upper research science"),
    ("cnrs", "center national research science"),
    ("inserm", "institute national health research medical"),
    ("politechnika", "technical university polytechnic"),
    ("politecnico", "polytechnic university"),
    ("politecnica", "polytechnic university"),
    ("politehnica", "polytechnic university"),
    ("polytechnique", "polytechnic"),
    ("universitatsmedizin", "university medical"),
];

/// First parts of compounds; what follows is read as a word of its own.
const PREFIXES: &[(&str, &str)] = &[
    ("universitats", "university"),
    ("universitets", "university"),
    ("universiteits", "university"),
    ("universitat", "university"),
    ("yliopistollinen", "university"),
    ("forschungs", "research"),
    ("onderzoeks", "research"),
    ("forsknings", "research"),
    ("bundes", "federal"),
    ("landes", "state"),
    ("kinder", "child"),
    ("herz", "cardiology"),
    ("krebs", "cancer"),
    ("allgemeine", "general"),
];

/// Legal forms and words that say little in any name.
const SILENT: &str = "a al an and at da das de degli dei del della delle dello den der des di die do dos du e ed el els en \
    et for fur i il in into ja kai la las le les lo los med na nad non o och of og on por pour per pri sul su si sive \
    the to tou tis ton und v van vom von voor vzw w y ye z za zu zum zur with & dell dal dalla het ve im am beim s \
    gmbh ag spa sa srl sl slu sau ltd limited llc plc bv nv ab as oy oyj aps inc incorporated corp corporation co sas \
    sarl ev eg ggmbh mbh kg kgat se sro doo ood eood jsc pjsc oao ooo zao scrl asbl aisbl ivzw cv vof sp zoo ohg gie epic \
    rf lda scarl scrl sc srls snc sapa kft zrt nyrt rt uab sia os dd ad ao pte pty bhd sdn tic sti anonim sirketi \
    lp llp gbr ug ea eaa mtu as tmi ry rp sf ehf hf pc ike epe ae aee monoprosopi mepe eirl eurl scop coop sccl aie scc \
    company cie compagnie holding holdings group groupe gruppo studi nom publique public pubblica publica publico publiczny publiczna samodzielny zaklad opieki zdrowotnej \
    chancellor masters scholars provost fellows regents trustees governors registered charity cic lbg clg dac irccs imeni im";

/// What the vocabulary makes of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It says nothing: an article, a legal form.
    Silent,
    /// It stands for these words, with a space between them.
    Stands(&'static str),
    /// It is a name.
    Own,
}

/// What a folded word means. *O(1)*.
pub(super) fn meaning(word: &str) -> Meaning {
    static MEANINGS: OnceLock<HashMap<String, Meaning>> = OnceLock::new();
    let meanings = MEANINGS.get_or_init(|| {
        let mut meanings = HashMap::new();
        for (concept, forms) in CONCEPTS {
            for form in forms.split_whitespace().chain([*concept]) {
                meanings.insert(collapsed(form), Meaning::Stands(concept));
            }
        }
        for (word, words) in EXPANSIONS {
            meanings.insert(collapsed(word), Meaning::Stands(words));
        }
        for word in SILENT.split_whitespace() {
            meanings.insert(collapsed(word), Meaning::Silent);
        }
        meanings
    });
    meanings.get(word).copied().unwrap_or(Meaning::Own)
}

/// The first part of a compound and what follows it: `universitats`, `klinikum`.
pub(super) fn compound(word: &str) -> Option<(&'static str, &str)> {
    PREFIXES.iter().find_map(|(prefix, concept)| {
        let rest = word.strip_prefix(prefix)?;
        (rest.len() >= 4).then_some((*concept, rest))
    })
}

/// A word in lower-case ASCII with the two spellings of an umlaut made one: `muenchen` and `munchen`, `aarhus` and
/// `arhus`.
pub(super) fn collapsed(word: &str) -> String {
    // Rue and ru are two words.
    if word.len() < 5 {
        return word.to_owned();
    }
    let mut letters = String::with_capacity(word.len());
    for letter in word.chars() {
        let last = letters.chars().next_back();
        match (last, letter) {
            (Some('a' | 'o' | 'u'), 'e') | (Some('a'), 'a') => {}
            _ => letters.push(letter),
        }
    }
    letters
}

/// The words of a name in Han characters that say what sort of body it is, longest first where one begins another.
const HAN: &[(&str, &str)] = &[
    ("附属医院", "affiliated hospital"),
    ("附屬醫院", "affiliated hospital"),
    ("附属", "affiliated"),
    ("附屬", "affiliated"),
    ("大学", "university"),
    ("大學", "university"),
    ("医学院", "medical college"),
    ("醫學院", "medical college"),
    ("医科", "medical"),
    ("醫科", "medical"),
    ("医学", "medical"),
    ("醫學", "medical"),
    ("医院", "hospital"),
    ("醫院", "hospital"),
    ("病院", "hospital"),
    ("中医药", "traditional chinese medical"),
    ("中医", "traditional chinese medical"),
    ("研究院", "research institute"),
    ("研究所", "research institute"),
    ("研究中心", "research center"),
    ("研究", "research"),
    ("中心", "center"),
    ("学院", "college"),
    ("學院", "college"),
    ("科学院", "academy science"),
    ("科学", "science"),
    ("科學", "science"),
    ("科技", "science technology"),
    ("技术", "technology"),
    ("技術", "technology"),
    ("理工", "science technology"),
    ("师范", "normal"),
    ("師範", "normal"),
    ("农业", "agriculture"),
    ("农林", "agriculture forestry"),
    ("工业", "industrial"),
    ("人民", "people"),
    ("中国", "china"),
    ("中國", "china"),
    ("国家", "national"),
    ("国立", "national"),
    ("国際", "international"),
    ("省", "province"),
    ("市", "city"),
    ("第一", "first"),
    ("第二", "second"),
    ("第三", "third"),
    ("第四", "fourth"),
    ("第五", "fifth"),
    ("第六", "sixth"),
    ("肿瘤", "cancer"),
    ("腫瘤", "cancer"),
    ("儿童", "child"),
    ("妇幼", "maternal child"),
    ("妇产", "women"),
    ("口腔", "stomatology"),
    ("眼科", "ophthalmology"),
    ("心血管", "cardiology"),
    ("华西", "west china"),
    ("華西", "west china"),
    ("协和", "union"),
    ("協和", "union"),
    ("总医院", "general hospital"),
    ("中央", "central"),
    ("东南", "southeast"),
    ("东北", "northeast"),
    ("西北", "northwest"),
    ("西南", "southwest"),
    ("华中", "central china"),
    ("华南", "south china"),
    ("华东", "east china"),
    ("香港", "hong kong"),
    ("台湾", "taiwan"),
    ("东京", "tokyo"),
    ("東京", "tokyo"),
    ("交通", "jiaotong"),
    ("清华", "tsinghua"),
    ("北京大学", "peking university"),
    ("中山", "sun yat sen"),
    ("公司", ""),
    ("有限", ""),
    ("股份", ""),
    ("集团", ""),
];

/// The term that a run of Han characters starts with, and how many bytes it has; the longest there is.
pub(super) fn han_term(run: &str) -> Option<(&'static str, usize)> {
    HAN.iter()
        .filter(|(term, _)| run.starts_with(term))
        .max_by_key(|(term, _)| term.len())
        .map(|(term, words)| (*words, term.len()))
}
