message(
  .labels.type;
  null;
  [
    ["Name", .labels.name],
    ["Subject", .labels.subject],
    ["Trace ID", .labels.trace],
    ["Project", .labels.project]
  ];
  [["View in Langfuse", .links.view]]
)
