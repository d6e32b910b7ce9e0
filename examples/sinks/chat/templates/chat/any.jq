# What the chat is told of any alert. The input: event, labels, links, rule, severity, resolve, incident, source, received.
{
  title: "\(if .resolve then "resolved" else .severity end): \(.rule)",
  text: (.event.data.statusMessage // "\(.labels.type) \(.labels.name)"),
  link: .links.view
}
