//! Words that stand for several, first parts of compounds, and words that say nothing.

/// Words that stand for several.
pub(super) const EXPANSIONS: &[(&str, &str)] = &[
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
pub(super) const PREFIXES: &[(&str, &str)] = &[
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
pub(super) const SILENT: &str = "a al an and at da das de degli dei del della delle dello den der des di die do dos du e ed el els en \
    et for fur i il in into ja kai la las le les lo los med na nad non o och of og on por pour per pri sul su si sive \
    the to tou tis ton und v van vom von voor vzw w y ye z za zu zum zur with & dell dal dalla het ve im am beim s \
    gmbh ag spa sa srl sl slu sau ltd limited llc plc bv nv ab as oy oyj aps inc incorporated corp corporation co sas \
    sarl ev eg ggmbh mbh kg kgat se sro doo ood eood jsc pjsc oao ooo zao scrl asbl aisbl ivzw cv vof sp zoo ohg gie epic \
    rf lda scarl scrl sc srls snc sapa kft zrt nyrt rt uab sia os dd ad ao pte pty bhd sdn tic sti anonim sirketi \
    lp llp gbr ug ea eaa mtu as tmi ry rp sf ehf hf pc ike epe ae aee monoprosopi mepe eirl eurl scop coop sccl aie scc \
    company cie compagnie holding holdings group groupe gruppo studi nom publique public pubblica publica publico publiczny publiczna samodzielny zaklad opieki zdrowotnej \
    chancellor masters scholars provost fellows regents trustees governors registered charity cic lbg clg dac irccs imeni im";
