message(
  "score \(.labels.name)";
  .event.data.comment;
  [
    ["Score", .labels.name],
    ["Value", .event.data.value],
    ["Trace ID", .labels.trace],
    ["Project", .labels.project]
  ];
  [["View trace", .links.view]]
)
