# What the chat is told of any alert, in place of templates/any.jq of the jar. The input: event, labels, links, rule,
# severity, resolve, incident, source, received.
{
  text: ([
    "\(if .resolve then "resolved" else .severity end): \(.rule)",
    (.event.data.statusMessage? // "\(.labels.type) \(.labels.name)"),
    .links.view
  ] | map(select(. != null)) | join("\n"))
}
