"""Short forms of given names in English, German and French, with the name they stand for most often."""

from collections import defaultdict
from collections.abc import Mapping

_SAID = """
abigail: abby abbie gail; abraham: abe; albert: al bert bertie; alexander: alex alec alick sandy sasha xander;
alexandra: alix lexie; alfred: alf alfie fred; alice: ally; amanda: mandy; andrew: andy drew; angela: angie; ann:
anne annie anna nan nancy hannah; anthony: antony tony; archibald: archie; arthur: art artie; augustus: gus;
barbara: barb babs; bartholomew: bart; beatrice: bea trixie; benjamin: ben benny benji; bernard: bernie; caroline:
carrie carolyn; catherine: katherine kathryn katharine cathy kathy kate katie kat kitty kay katrin kathe; charles:
charlie charley chuck chas karl carl; charlotte: lottie lotte; christian: chris; christina: christine tina chrissie
chrissy kristina kristine; christopher: kit kris; clifford: cliff; daniel: dan danny; david: dave davy davie;
deborah: deb debbie debra; dominic: dom; donald: don donnie; dorothy: dot dottie dolly; douglas: doug; edmund: ned;
edward: ed eddie ted teddy; eleanor: ellie nell nellie nora elinor; elizabeth: liz lizzie lizzy beth betty bess
bessie eliza elisabeth libby lisa elsie; emily: em emmy emilie; emma: emmie; eugene: gene; florence: flo flossie;
frances: fran fanny francie; francis: frank frankie; franklin: franklyn; frederick: freddie freddy fritz frederic;
friedrich: fredi; gabriel: gabe; geoffrey: geoff jeff jeffrey; george: georgie georg; gerald: gerry jerald gerard;
gilbert: gil; gregory: greg; harold: hal; helen: nelly ellen helena; henry: harry hank heinrich; herbert: herb
herbie; hugh: hughie huw; isaac: ike zac; isabella: bella isabel isobel izzy; jacob: jake; jacqueline: jackie;
james: jim jimmy jamie jem; janet: jan; jane: janie jenny; jean: jeannie; jennifer: jen jenna; jeremiah: jerry;
jessica: jess jessie; joan: joanie; joanna: jo joanne; john: johnny jack jock jon johann hans johannes; jonathan:
jonny; joseph: joe joey josef; josephine: josie; joshua: josh; judith: judy judi; julia: julie; katarina: kata;
kenneth: ken kenny; laurence: lawrence larry laurie lorenz; leonard: len lenny leo; lewis: louis lou louie; lillian:
lily lilian; louise: louisa lulu; lucy: lucie lucinda; margaret: maggie meg peggy marge margie madge greta margarete
margery; maria: mary marie molly polly mae mamie; martha: mattie patty; martin: marty martyn; matilda: tilly tillie
maud; matthew: matt matty matthias; maurice: morris moe; maximilian: max; michael: mike mick mickey micky mikey;
nathaniel: nathan nat nate; nicholas: nick nicky nico nicolas klaus niklas; oliver: ollie olly; pamela: pam;
patricia: pat trish tricia; patrick: paddy; penelope: penny; percival: percy; peter: pete; philip: phil phillip pip;
priscilla: cilla; rachel: rae rachael; ralph: rafe; randolph: randy; raymond: ray; rebecca: becky becca; reginald:
reg reggie; richard: rich rick ricky dick dickie; robert: rob robbie bob bobby bobbie bert robin; roderick: rod
roddy; rodney: rodder; roger: rog; ronald: ron ronnie ronny; rosemary: rose rosie; rupert: ru; samuel: sam sammy;
sarah: sally sadie sara; sebastian: seb; sidney: sid syd sydney; simon: si; sophia: sophie sofia; stanley: stan;
stephen: steve steven stevie stefan steph; stephanie: steffi; stewart: stuart stu; susan: sue susie suzy susanna
susannah suzanne; sylvester: sly; teresa: theresa terry tess tessa; theodore: theo; thomas: tom tommy thom; timothy:
tim timmy; tobias: toby; ulrich: uli; valerie: val; victor: vic; victoria: vicky vickie tori; vincent: vince vinny;
virginia: ginny; walter: walt wally; wilfred: wilf; wilhelm: willi; william: bill billy will willy willie liam wm;
winifred: winnie; zachary: zack zach
"""


def _turned(table: Mapping[str, str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for short, long in table.items():
        found[long].append(short)
    return dict(found)


def _table() -> dict[str, str]:
    entries = (entry.split(":") for entry in _SAID.split(";"))
    found: dict[str, str] = {}
    for long, short in entries:
        for word in short.split():
            found.setdefault(word, long.strip())
    return found


_LONG = _table()
_SHORT = _turned(_LONG)


def long_form(given: str) -> str:
    """robert for bob; a name that is no short form as it is. Folded letters in and out."""
    return _LONG.get(given, given)


def forms(given: str) -> set[str]:
    """The name itself, its long form and all short ones of that."""
    long = long_form(given)
    return {given, long, *_SHORT.get(long, ())}
