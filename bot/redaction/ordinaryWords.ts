/**
 * Words that people write behind "mot de passe" and that are no password: what one says of a password
 * ("refusé", "trop court"), and the small words of any sentence. Folded: lower case, no accents.
 */
const SAID_OF_PASSWORDS = `
  accepte actif actuel aleatoire ancien attendu autorise bancal bizarre bloque bon bonne bons bonnes change changer
  choisi cle clair cliquer communique complique compliques compromis conforme confus correct correcte corrects court
  courte cryptage crypte defaillant definitif demande demander depasse desactive desuet different differente difficile
  divulgue egare enregistre enregistrer envoye erreur erreurs errone erronee existant expire expiree expires exige
  facile faible fausse fautif faux fiable fige foireux forcement forme fort force fuite genere hacke identique
  impossible imprononcable inactif inchange incomplet incompris incomprehensible inconnu inconnue incorrect incorrecte
  incorrects indique indisponible ineffectif inefficace inexact inexistant initialise inoperant introuvable inutilisable
  invalide invalides invisible irrecuperable juste limite lisible long longue manquant masque mauvais mauvaise
  memorise meme memes mis mise modifie modifier modification mort moyen necessaire neuf non note nouveau nouvelle
  nul nulle obligatoire obsolete ok oublie oubliee oublies oubli oui parfait partage pareil passe perdu perdue perdus
  perime personnel pirate possible pourri pret prete prive protege provisoire recu recupere recuperer refuse refusee
  refuses reinitialise reinitialiser reinitialisation rejete remplace requis reset robuste saisi saisie sauvegarde
  secret secrete securise securite sensible simple solide stocke sur sure suffisant supprime temporaire tape trop
  trouve unique utile utilisable utilise valable valide validee vide verrouille verifie visible vole volee voles vrai
  abandonne ajoute active admis annule apparu apprecie attribue authentifie avere banal bidon caduc casse censure
  certifie chiffre code connu controle copie corrompu coupe deconnecte decouvert defini demode deteste devenu devine
  diffuse ecrit efface effectue errone etrange evident exclu externe fini frais genant grise hors ignore illisible
  imprime inadapte incoherent inclus incompatible indechiffrable inoubliable insuffisant interdit interne intact
  introuvables jetable joint juge ko lent libre lie local mauvaises maximal mechant memoire muet mysterieux obtenu
  ouvert paye perime permis place pollue precis preenregistre prevu pris public quelconque rare recent reconnu redefini
  reel refait remis renouvele repete reste retabli retenu retire retrouve sale sorti special stupide subtilise
  surveille suspect termine tombe traite transmis usurpe utilises vieux vieille verifies
  attaque anomalie bug bugs blocage boucle catastrophe chargement cauchemar chiant coince deception demandes echec
  galere horreur incident merde mystere panne plantage plante question questions reclamation refus sauve souci soucis
  tentative tentatives urgence page pages ecran blanche blanc
  wrong incorrectly correct invalid rejected refused expired forgotten forgot lost stolen changed required missing weak
  strong different same good bad right fine blocked locked unknown working accepted needed reset hacked compromised
  empty optional updated saved hidden visible safe valid broken`;

const IN_ANY_SENTENCE = `
  a ai aide aider aidez ainsi alors apres as assez au aucun aucune aussi autre autres avais avait avant avec avez
  avoir ayant beaucoup bien bonjour bonsoir bref ca car ce cela celle celles celui ces cet cette ceux chaque chez
  chose choses combien comme comment complet completement d dans de deja depuis derriere des desole dessus deux devant
  devrait dire dit dois doit donc dont du elle elles email en encore ensuite entre es est et etait etaient etant ete
  etes etre eu exactement exemple fait faire faites faut fois font fut grace hier hyper ici il ils impossible j jamais
  je jour jours jusqu l la laquelle le lequel les leur leurs lien liens lorsque lui m ma madame mail mails maintenant mais
  mal malgre marche marchait marchent me merci mes message messages mieux moi moins mon monsieur n ne ni nom nombre
  normal normalement nos notre nous on ont or ou oups oublier par parce parfois parmi pas pendant personne peu peut
  peuvent peux plus plusieurs point possible pour pourquoi pourtant pouvez prenom probleme problemes puis puisque
  qu quand que quel quelle quelles quelqu quelque quelques quels qui quoi rien s sa sais sait sans savoir se selon
  sera serait ses si simplement sinon soit sommes son sont sous souvent suis suite sur svp stp super t ta tant te tel
  tellement tes toi ton toujours tous tout toute toutes tres tu type un une uniquement urgent va vais vers veuillez
  veut veux via voici voila voir vos votre vous vraiment y compte comptes client clients connexion connecter
  connecte identifiant identifiants adresse login page site application appli bouton champ case code codes commande
  numero telephone sms banque carte paiement internet ordinateur pc mac portable tablette iphone android gmail
  outlook orange yahoo hotmail google apple facebook chrome firefox safari edge windows navigateur wifi mdp mot mots
  password pass caracteres caractere lettre lettres chiffre chiffres majuscule majuscules minuscule minuscules
  symbole symboles minimum maximum accent accents espace date naissance question reponse info infos information
  besoin help please thanks not no yes is isn was does doesn don the my your an and or but to for with it its i that
  this what how why when where can cannot t s be has have been never still always too short long also only just
  hello hi ask asked being getting getting because since after before again matin soir midi nuit mois semaine moment parti partie exact exacte exacts
  reconnaissance`;

const ORDINARY = new Set(`${SAID_OF_PASSWORDS} ${IN_ANY_SENTENCE}`.trim().split(/\s+/));

/** Endings that adjectives and adverbs have, and passwords hardly. */
const ADJECTIVE = /(?:able|ables|ible|ibles|ement|amment|emment|eux|euse|tif|tive|ionne|ionnel)$/;

/** Whether a word belongs to the sentence rather than being a password. Both forms of the same word. */
export function isOrdinary(folded: string, typed: string): boolean {
  const word = folded.replace(/^[a-z]'/, '').replace(/[^a-z]+$/, '');
  // "réparé", "créées": a participle, however rare.
  return (
    word === '' ||
    ORDINARY.has(word) ||
    ADJECTIVE.test(word) ||
    /(?:é|ée|és|ées)$/i.test(typed.normalize('NFC'))
  );
}
