### What a report is about.

category-roads = Streets and alleys
category-waste = Rubbish and cleaning
category-water = Water and sewage
category-power = Power and light
category-gas = Gas
category-parks = Parks and green
category-traffic = Traffic
category-stray_animals = Stray animals
category-health = Health
category-education = School and children
category-livelihood = Need of support
category-safety = Safety
category-housing = Housing and land
category-environment = Environment
category-culture = Culture and sport
category-other = Other
