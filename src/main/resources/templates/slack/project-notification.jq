message(
  "\(.labels.action): \(.labels.name)";
  .event.event.message;
  [
    ["What", .labels.action],
    ["Resource", .labels.name],
    ["Project", .event.event.projectName // .labels.project]
  ];
  [["View in Langfuse", .links.view]]
)
