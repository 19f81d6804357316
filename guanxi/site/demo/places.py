"""Where the invented firms stand: a few real cities per country, with telephone ranges kept free for fiction."""

# city → first digits of a range that the British regulator reserves for drama; three digits of our own follow
BRITISH_CITIES = {
    "London": "+442079460",
    "Leeds": "+441134960",
    "Sheffield": "+441144960",
    "Nottingham": "+441154960",
    "Leicester": "+441164960",
    "Bristol": "+441174960",
    "Reading": "+441184960",
    "Birmingham": "+441214960",
    "Edinburgh": "+441314960",
    "Glasgow": "+441414960",
    "Liverpool": "+441514960",
    "Manchester": "+441614960",
    "Newcastle upon Tyne": "+441914980",
    "Cardiff": "+442920180",
    "Belfast": "+442896490",
}

CITIES: dict[str, tuple[str, ...]] = {
    "United Kingdom": tuple(BRITISH_CITIES),
    "Germany": ("Hamburg", "Köln", "Leipzig", "Freiburg", "München"),
    "France": ("Lyon", "Nantes", "Lille", "Annecy", "Bordeaux"),
    "Spain": ("Valencia", "Sevilla", "Bilbao"),
    "Belgium": ("Gent", "Antwerpen", "Liège"),
    "Switzerland": ("Zürich", "Genève", "Basel"),
    "Portugal": ("Porto", "Lisboa", "Braga"),
    "Italy": ("Torino", "Bologna", "Verona"),
    "Finland": ("Turku", "Tampere", "Helsinki"),
    "Austria": ("Graz", "Salzburg", "Wien"),
    "Norway": ("Bergen", "Trondheim", "Oslo"),
    "Netherlands": ("Utrecht", "Delft", "Groningen"),
    "Australia": ("Hobart", "Fremantle", "Ballarat"),
    "Channel Islands": ("St Helier", "St Peter Port"),
    "Denmark": ("Aarhus", "Odense"),
    "Sweden": ("Göteborg", "Uppsala"),
    "Cyprus": ("Limassol", "Larnaca"),
    "Japan": ("Kobe", "Kanazawa"),
    "Poland": ("Kraków", "Gdańsk"),
    "EIRE": ("Cork", "Galway"),
    "USA": ("Portland", "Savannah"),
    "Israel": ("Haifa",),
    "Greece": ("Thessaloniki",),
    "Canada": ("Halifax",),
    "Iceland": ("Akureyri",),
    "Singapore": ("Singapore",),
    "Lebanon": ("Beirut",),
    "Malta": ("Valletta",),
}

STREETS = ("High Street", "Mill Lane", "Station Road", "Church Walk", "Market Place", "Quay Street", "Bridge Road")
