# Any event, as Standard Webhooks lays out a payload: type, timestamp, data.
{
  type: "alert.\(if .resolve then "resolved" else "raised" end)",
  timestamp: .received,
  data: {
    rule: .rule,
    severity: .severity,
    resolve: .resolve,
    incident: .incident,
    source: .source,
    labels: .labels,
    links: .links,
    event: .event
  }
}
