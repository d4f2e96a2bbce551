### Which neighbourhood somebody means who acts for several.

which = Which neighbourhood? Choose it, or write part of its name.
which-not-found = No neighbourhood called “{ $name }” was found in your area. Please write another part of the name.
which-none = No neighbourhood in your area is recorded yet.
