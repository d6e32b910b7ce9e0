message(
  "prompt \(.labels.name) \(.labels.action)";
  .event.prompt.commitMessage;
  [
    ["Prompt", .labels.name],
    ["Version", .event.prompt.version],
    ["Labels", (.labels.promptLabels | join(", "))],
    ["By", .event.user.name // .event.user.email // .event.prompt.createdBy],
    ["Project", .labels.project]
  ];
  [["View prompt", .links.view]]
)
