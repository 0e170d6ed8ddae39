"""Words that stand in too many passwords of a town: who guesses tries these first, with a year and a mark behind."""

from __future__ import annotations

DUTCH = """
    aanmelden account administratie agenda april archief augustus avond bedrijf beheer beheerder belgie bestuur bezoek
    bibliotheek brandweer brussel burgemeester burgerzaken bureau centrum college computer dag december dienst
    dienstverlening donderdag dorp februari feest fiets gebouw geheim gemeente gemeentebestuur gemeentehuis gent goed
    goedemorgen hallo herfst hond huis intern inloggen januari juli juni kantoor kat kerstmis koffie lente leuven liefde
    loket maandag maart medewerker mei morgen nieuw november ocmw oktober onthaal paswoord personeel plein politie poes
    raadhuis raadszaal receptie reserveren ruimte schepen schepenen schatje secretariaat september sociaal stad
    stadhuis standaard sleutel tafel team technisch test tijdelijk toegang trefpunt vakantie vergadering vergaderzaal
    verlof vlaanderen voetbal vrijdag vrijetijd wachtwoord webmail welkom welzijn werk werken wijzigen winter woensdag
    carnaval ikhouvanjou ikhouvanu kermis kerst koningsdag kwaliteit pasen pinksteren sinterklaas
    demo zaal zaterdag zomer zon zondag zonnetje antwerpen brugge hasselt mechelen oostende kortrijk aalst dinsdag
"""
FRENCH = """
    accueil administration aout automne avril azerty bibliotheque bienvenue bonjour bourgmestre bruxelles cafe chat
    chien chaton citoyen commune communal compte conge conseil cpas decembre dimanche ecole etat ete famille fete
    fevrier football guichet hiver hotel janvier jeudi juillet juin lundi mairie maison mardi mars mercredi motdepasse
    nouveau novembre octobre passe police printemps provisoire quartier reunion salle samedi secret secretariat service
    soleil temporaire travail vacances vendredi village ville liege namur charleroi
"""
OTHERS = """
    admin automne autumn fruhling geheimnis gemeinde hallo herbst kennwort letmein login password passwort qwerty
    rathaus root sommer spring summer user welcome willkommen
"""
COMMON_WORDS = frozenset(f"{DUTCH} {FRENCH} {OTHERS}".split())
