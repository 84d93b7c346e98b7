"""Words too frequent to search for, in folded spelling (``fuer``). Negations stay searchable: they matter."""

GERMAN = frozenset(
    """
    aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus
    bei beim bin bis bist da dabei dadurch dafuer dagegen daher damit danach daneben dann daran darauf daraus
    darin darueber darum das dass davon dazu dein deine dem den denen denn der deren des deshalb dessen dich die
    dies diese dieselbe diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines
    einige einigem einigen einiger einiges einmal er es etwa etwas euch euer eure fuer gegen gewesen hab habe
    haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins
    ist jede jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann koennen koennte koennten man manche
    manchem manchen mancher manches mein meine mich mir mit moechte muessen musste nach noch nun nur ob oder
    sehr sein seine seinem seinen seiner seines seit selbst sich sie sind so solche solchem solchen solcher
    solches soll sollen sollte sollten sondern sonst sowie ueber um und uns unser unsere unserem unseren unserer
    unseres unter viel vom von vor waehrend waere war waren warum was weil welche welchem welchen welcher
    welches wenn wer werde werden wie wieder wir wird wo wollen wollte worden wuerde wuerden wurde wurden zu zum
    zur zwar zwischen
    """.split()
)

ENGLISH = frozenset(
    """
    a about after again all also am an and any are as at be because been before being between both but by can
    could did do does doing during each few for from further had has have having he her here hers herself him
    himself his how i if in into is it its itself just me more most my myself of off on once only or other our
    ours ourselves out over own same she should so some such than that the their theirs them themselves then
    there these they this those through to too under until up very was we were what when where which while who
    whom why will with would you your yours yourself yourselves
    """.split()
)
