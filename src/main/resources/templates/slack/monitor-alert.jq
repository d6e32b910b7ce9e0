message(
  .labels.name;
  (.event.payload.message.body | if type == "string" then gsub("\\*\\*"; "*") else null end);
  [
    ["Severity", .labels.severity],
    ["Window", .event.payload.window],
    ["Project", .labels.project]
  ];
  [["View alert", .links.view], ["View data", .links.data]]
)
