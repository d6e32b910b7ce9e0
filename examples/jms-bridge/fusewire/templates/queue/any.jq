{
  rule: .rule,
  severity: .severity,
  text: (.event.data.statusMessage // "\(.labels.type) \(.labels.name)"),
  link: .links.view
}
