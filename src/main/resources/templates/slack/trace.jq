message(
  if .labels.level == "ERROR" then "error in trace" else "trace" end;
  null;
  [
    ["Trace ID", .labels.trace],
    ["Error", .event.data.statusMessage],
    ["Name", .labels.name],
    ["Project", .labels.project]
  ];
  [["View trace", .links.view]]
)
